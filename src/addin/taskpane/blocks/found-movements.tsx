import {
  Button,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { useActions, usePaneState, useWords } from '../pane-context';
import type { FoundMovements } from '../store/movements';
import { Block } from './block';
import { ColumnsLeftOut } from './columns-left-out';
import { lazily } from '../lazily';
import { later } from '../lazy-files';
import { ItemSubtotals } from './item-subtotals';

const ExportMenu = lazily(later, (file) => file.ExportMenu);

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

/** What the movements sheet holds and how old it is, with what it comes to by item. */
export function FoundMovementsBlock() {
  const { t } = useWords();
  const found = usePaneState((state) => state.movements.found);
  if (found === null) return null;
  return (
    <Block title={t('pane.movements.found')}>
      <Found found={found} />
      {found.count === 0 ? (
        <NothingFound found={found} />
      ) : (
        <>
          <ItemSubtotals subtotals={found.subtotals} />
          <ExportMenu place="movements" of={[{ what: { kind: 'movements', query: found.query } }]} />
        </>
      )}
    </Block>
  );
}

function Found({
  found: { count, restored, at, kept, filtersLost, columnsLeftOut },
}: {
  found: FoundMovements;
}) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { searchMovementsAgain } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  return (
    <>
      <div className={styles.line} aria-live="polite">
        <Text size={200}>
          <b>{t('pane.preview.movements', { count })}</b>
          {restored > 0 && `, ${t('pane.movements.restored', { count: restored })}`}{' '}
          {t('pane.found.at', { time: formats.time(at) })}
        </Text>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowSyncRegular />}
          title={t('pane.find.again')}
          aria-label={t('pane.find.again')}
          disabledFocusable={busy}
          onClick={() => void searchMovementsAgain()}
        />
      </div>
      {kept > 0 && <Text size={200}>{t('pane.kept', { count: kept })}</Text>}
      {filtersLost.length > 0 && (
        <Text size={200}>{t('pane.filtersLost', { columns: filtersLost.join(', ') })}</Text>
      )}
      <ColumnsLeftOut columns={columnsLeftOut} again={searchMovementsAgain} />
    </>
  );
}

/** Names the criteria that can be loosened. */
function NothingFound({ found: { query } }: { found: FoundMovements }) {
  const { t, formats } = useWords();
  const { setMovementCriteria, searchMovements } = useActions();
  const day = (iso: string | undefined) =>
    iso === undefined ? t('pane.empty.start.open') : formats.day(iso);
  const { from, to, orderNumber, item, ...others } = query;
  const dated = from !== undefined || to !== undefined;
  const advice = [
    ...(orderNumber === undefined ? [] : [t('pane.empty.order')]),
    ...(item === undefined ? [] : [t('pane.empty.item')]),
    ...(dated ? [t('pane.movements.empty.days', { from: day(from), to: day(to) })] : []),
    ...(Object.keys(others).length === 0 ? [] : [t('pane.movements.empty.others')]),
  ];
  const anyDay = () => {
    setMovementCriteria({ from: '', to: '' });
    void searchMovements();
  };
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('pane.movements.empty')}</MessageBarTitle>{' '}
        {advice.length === 0 ? t('pane.movements.empty.none') : advice.join(' ')}{' '}
        {dated && (
          <Link as="button" inline onClick={anyDay}>
            {t('pane.movements.empty.anyDay')}
          </Link>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
