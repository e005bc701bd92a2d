import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import type { LotsOfLine } from '../../../contract/lots';
import { itemText } from '../../sync/shortage-rows';
import { Fold } from '../blocks/fold';
import { useActions, usePaneState, useWords } from '../pane-context';
import type { ShownPreview } from '../store/state';

const useStyles = makeStyles({
  start: { alignSelf: 'flex-start' },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalM, fontSize: tokens.fontSizeBase200 },
  line: { overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
});

const MOST_SHOWN = 20;

/** Which lots the lines would be drawn from, and the way to the sheet in which others are chosen. */
export function Lots({ preview }: { preview: ShownPreview }) {
  const styles = useStyles();
  const { t } = useWords();
  const { lots, chosenLots = [] } = preview;
  const open = lots.filter((line) => line.lots.length === 0).length;
  const more = lots.length - MOST_SHOWN;
  return (
    <Fold summary={t('pane.preview.lots', { count: lots.length })} startsOpen={open > 0}>
      {open > 0 && <Text>{t('pane.lots.open', { count: open })}</Text>}
      {chosenLots.length > 0 && <Text>{t('pane.lots.chosen', { count: chosenLots.length })}</Text>}
      <LotsButton />
      <ul className={styles.list}>
        {lots.slice(0, MOST_SHOWN).map((line) => (
          <Line key={`${line.order} ${line.line}`} line={line} />
        ))}
        {more > 0 && <li>{t('pane.more', { count: more })}</li>}
      </ul>
    </Fold>
  );
}

export function LotsButton() {
  const styles = useStyles();
  const { t } = useWords();
  const { writeLots } = useActions();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  return (
    <Button
      size="small"
      className={styles.start}
      icon={<TableRegular />}
      disabledFocusable={busy}
      onClick={() => void writeLots()}
    >
      {t('pane.lots.write')}
    </Button>
  );
}

function Line({ line }: { line: LotsOfLine }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const of = { order: line.order, line: line.line, item: itemText(line), warehouse: line.warehouse };
  const lots = line.lots.map((each) =>
    t('pane.lots.part', { lot: each.lot, quantity: formats.quantity(each.quantity) }),
  );
  return (
    <li className={styles.line}>
      {t('pane.lots.line', of)} {lots.length === 0 ? t('pane.lots.none') : lots.join(', ')}
    </li>
  );
}
