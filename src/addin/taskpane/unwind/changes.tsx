import { makeStyles, tokens } from '@fluentui/react-components';
import type { StockChange } from '../../../contract/stock-change';
import { useWords, type Words } from '../pane-context';

const useStyles = makeStyles({
  changes: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalM,
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: 'tabular-nums',
    overflowWrap: 'anywhere',
  },
});

/** More are counted: nobody reads through them. */
const CHANGES_SHOWN = 20;

/** What a step changes in the stock, with what is there before and after it. */
export function Changes({ changes }: { changes: readonly StockChange[] }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const more = changes.length - CHANGES_SHOWN;
  return (
    <ul className={styles.changes}>
      {changes.slice(0, CHANGES_SHOWN).map((each) => (
        <li key={[each.item, each.variant, each.warehouse, each.lot].join('\n')} title={each.description}>
          {changeText(each, t, formats)}
        </li>
      ))}
      {more > 0 && <li>{t('pane.unwind.moreChanges', { count: more })}</li>}
    </ul>
  );
}

function changeText(
  { item, variant, lot, warehouse, warehouseName, unit, change, before, after }: StockChange,
  t: Words['t'],
  formats: Words['formats'],
): string {
  const sign = change.startsWith('-') ? '−' : '+';
  return t('pane.unwind.change', {
    item: [item, variant, lot].filter((part) => part !== '').join(' · '),
    warehouse: warehouseName === '' ? warehouse : warehouseName,
    change: `${sign}${formats.quantity(change.replace('-', ''))}`,
    before: formats.quantity(before),
    after: formats.quantity(after),
    unit,
  });
}
