import { Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';
import type { ItemSubtotal } from '../subtotal-by-item';

const useStyles = makeStyles({
  scroll: { overflow: 'auto', maxHeight: '320px' },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  caption: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    paddingBlockEnd: tokens.spacingVerticalXXS,
  },
  cell: {
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXXS}`,
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere',
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const MOST_SHOWN = 200;
const NOTHING = '0';

/** What was withdrawn and received, item by item; an item leads to its rows in the sheet. */
export function ItemSubtotals({ subtotals }: { subtotals: readonly ItemSubtotal[] }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { showItem } = useActions();
  const shown = usePaneState((state) => state.movements.item);
  const busy = usePaneState((state) => state.work !== null);
  const more = subtotals.length - MOST_SHOWN;
  const number = mergeClasses(styles.cell, styles.number);
  const signed = (sign: string, quantity: string) =>
    quantity === NOTHING ? '' : `${sign}${formats.quantity(quantity)}`;
  if (subtotals.length === 0) return null;
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('pane.movements.byItem')}>
        <table className={styles.table}>
          <caption className={styles.caption}>{t('pane.movements.byItem')}</caption>
          <thead className={styles.quiet}>
            <tr>
              <th scope="col" className={styles.cell}>
                {t('column.item')}
              </th>
              <th scope="col" className={number}>
                {t('direction.unload')}
              </th>
              <th scope="col" className={number}>
                {t('direction.load')}
              </th>
              <th scope="col" className={styles.cell}>
                {t('column.unit')}
              </th>
            </tr>
          </thead>
          <tbody>
            {subtotals.slice(0, MOST_SHOWN).map(({ item, description, unit, withdrawn, received }) => (
              <tr key={`${item} ${unit}`}>
                <th scope="row" className={styles.cell}>
                  <Link
                    as="button"
                    title={description}
                    aria-pressed={item === shown}
                    disabledFocusable={busy}
                    onClick={() => void showItem(item === shown ? null : item)}
                  >
                    <Text size={200} weight={item === shown ? 'semibold' : 'regular'}>
                      {item}
                    </Text>
                  </Link>
                </th>
                <td className={number}>{signed('−', withdrawn)}</td>
                <td className={number}>{signed('+', received)}</td>
                <td className={styles.cell}>{unit}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {more > 0 && <Text size={200}>{t('pane.more', { count: more })}</Text>}
      </div>
      {shown === null ? (
        <Text size={200} className={styles.quiet}>
          {t('pane.movements.byItem.hint')}
        </Text>
      ) : (
        <Link as="button" disabledFocusable={busy} onClick={() => void showItem(null)}>
          <Text size={200}>{t('pane.movements.allItems', { item: shown })}</Text>
        </Link>
      )}
    </>
  );
}
