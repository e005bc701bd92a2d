import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PlannedWork as Planned } from '../../../contract/runs';
import { Fold } from '../blocks/fold';
import { useWords } from '../pane-context';

/** More would hold up the pane. */
const LINES_SHOWN = 50;

const useStyles = makeStyles({
  numbers: { fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' },
  lines: { margin: 0, paddingInlineStart: tokens.spacingHorizontalM },
});

/** The picking work that a release would make: how much in which warehouse, and line by line. */
export function PlannedWork({ picking: { orders, warehouses, lines, moreLines } }: { picking: Planned }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const more = Math.max(lines.length - LINES_SHOWN, 0) + moreLines;
  return (
    <Fold summary={t('pane.preview.picking', { count: orders })}>
      {warehouses.map(({ warehouse, name, lines: count }) => (
        <Text key={warehouse} size={200} className={styles.numbers}>
          {`${warehouse} ${name}`.trim()} · {t('pane.preview.picking.lines', { count })}
        </Text>
      ))}
      <Fold summary={t('pane.preview.picking.each')}>
        <ul className={styles.lines}>
          {lines.slice(0, LINES_SHOWN).map(({ order, material, lot, item, variant, ...line }) => (
            <li key={`${order} ${material} ${lot}`}>
              <Text size={200} className={styles.numbers}>
                {[
                  order,
                  [item, variant, lot].filter((part) => part !== '').join(' · '),
                  `${formats.quantity(line.quantity)} ${line.unit}`,
                  line.putTo === null ? line.pickFrom : `${line.pickFrom} → ${line.putTo}`,
                ].join(' · ')}
              </Text>
            </li>
          ))}
        </ul>
        {more > 0 && <Text size={200}>{t('pane.more', { count: more })}</Text>}
      </Fold>
    </Fold>
  );
}
