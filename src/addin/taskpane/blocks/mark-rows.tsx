import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { OrderKey } from '../../../domain/order';
import type { MarkProblem } from '../../sync/sheet';
import { companyName } from '../company-name';
import { lazily } from '../lazily';
import { confirmFile, later } from '../lazy-files';
import { useActions, usePaneState, useWords } from '../pane-context';
import { markedFor } from '../store/marked';
import { Block } from './block';

const HiddenMarks = lazily(later, (file) => file.HiddenMarks);
const ConfirmRelease = lazily(confirmFile, (file) => file.default);

const useStyles = makeStyles({
  buttons: { display: 'flex', gap: tokens.spacingHorizontalXS, flexWrap: 'wrap' },
  counts: { display: 'flex', columnGap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  problems: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
});

const PROBLEMS_SHOWN = 5;

export function MarkRows() {
  const styles = useStyles();
  const { t } = useWords();
  const { mark } = useActions();
  const view = usePaneState((state) => state.view);
  const unusable = usePaneState((state) => state.work !== null || state.loaded === null);
  return (
    <Block title={t('pane.mark')}>
      <div className={styles.buttons}>
        <Button size="small" disabledFocusable={unusable} onClick={() => void mark(view, 'selected')}>
          {t('pane.mark.selected')}
        </Button>
        <Button size="small" disabledFocusable={unusable} onClick={() => void mark(view, 'visible')}>
          {t('pane.mark.visible')}
        </Button>
        <Button
          size="small"
          appearance="subtle"
          disabledFocusable={unusable}
          title={t('pane.mark.clear.tip')}
          onClick={() => void mark(null, 'selected')}
        >
          {t('pane.mark.clear')}
        </Button>
      </div>
      <Counts />
    </Block>
  );
}

/** Each count is a link that selects the rows it counts. */
function Counts() {
  const styles = useStyles();
  const { t } = useWords();
  const { view, marks, includeHidden } = {
    view: usePaneState((state) => state.view),
    marks: usePaneState((state) => state.marks),
    includeHidden: usePaneState((state) => state.includeHidden),
  };
  const { going, hidden, elsewhere } = markedFor(view, marks, includeHidden);
  const nothing = going.length === 0 && hidden.length === 0 && marks.problems.length === 0;
  if (nothing) return <Text size={200}>{t('pane.mark.none')}</Text>;
  return (
    <>
      <div className={styles.counts} aria-live="polite">
        <RowsLink orders={going.map(({ key }) => key)} text={t('pane.marked', { count: going.length })} />
        {elsewhere.length > 0 && (
          <RowsLink
            orders={elsewhere.map(({ key }) => key)}
            text={t(`pane.marked.elsewhere.${view}`, { count: elsewhere.length })}
          />
        )}
      </div>
      {hidden.length > 0 && <HiddenMarks count={hidden.length} />}
      {view === 'release' && going.length > 0 && <ConfirmRelease />}
      {marks.problems.length > 0 && <Problems problems={marks.problems} />}
    </>
  );
}

function RowsLink({ orders, text }: { orders: readonly OrderKey[]; text: string }) {
  const { selectRows } = useActions();
  return (
    <Link as="button" onClick={() => void selectRows(orders)}>
      <Text size={200}>{text}</Text>
    </Link>
  );
}

function Problems({ problems }: { problems: readonly MarkProblem[] }) {
  const styles = useStyles();
  const { t } = useWords();
  const { selectRow } = useActions();
  const companies = usePaneState((state) => state.companies);
  const more = problems.length - PROBLEMS_SHOWN;
  return (
    <div role="status">
      <Text size={200} weight="semibold">
        {t('pane.marked.problems', { count: problems.length })}
      </Text>
      <ul className={styles.problems}>
        {problems.slice(0, PROBLEMS_SHOWN).map((problem) => (
          <li key={`${problem.row} ${problem.code}`}>
            <Link as="button" inline onClick={() => void selectRow(problem.row)}>
              <Text size={200}>
                {t(`pane.marked.problem.${problem.code}`, {
                  ...problem,
                  company: companyName(problem.text, companies),
                })}
              </Text>
            </Link>
          </li>
        ))}
        {more > 0 && <li>{t('pane.more', { count: more })}</li>}
      </ul>
    </div>
  );
}
