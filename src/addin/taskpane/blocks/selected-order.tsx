import {
  Link,
  makeStyles,
  mergeClasses,
  Spinner,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useEffect } from 'react';
import type { Movement } from '../../../contract/movements';
import { useActions, usePaneState, useWords } from '../pane-context';
import { lazily } from '../lazily';
import { paperFile, unwindFile } from '../lazy-files';
import { dialogs, useShowDialog } from '../show-dialogs';
import { Block } from './block';
import { Declarations } from './declarations';
import { Scan } from './scan';
import { WayBack } from './way-back';

const Papers = lazily(paperFile, (file) => file.Papers);
const UnwindSteps = lazily(unwindFile, (file) => file.UnwindSteps);
const PickingWork = lazily(unwindFile, (file) => file.PickingWork);

const useStyles = makeStyles({
  scroll: { overflowX: 'auto', maxHeight: '220px' },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  head: { justifyContent: 'flex-end' },
  table: { tableLayout: 'auto' },
  cell: {
    fontSize: tokens.fontSizeBase200,
    padding: `0 ${tokens.spacingHorizontalXS}`,
    whiteSpace: 'nowrap',
  },
  part: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
});

/** A paper to scan, and the order of it or of the sheet's selected row. */
export function SelectedOrderBlock() {
  return (
    <>
      <Scan />
      <ShownOrder />
    </>
  );
}

/** The order of the sheet's selected row, or of a scanned paper: how far it is, whether and why not it can be restored, its movements, its declarations. */
function ShownOrder() {
  const { t } = useWords();
  const { followSelection } = useActions();
  const show = useShowDialog();
  const selected = usePaneState((state) => state.selected);
  useEffect(() => void followSelection(), [followSelection]);
  if (selected === null) {
    return (
      <Block title={t('pane.order.movements')}>
        <Text size={200}>{t('pane.order.none')}</Text>
      </Block>
    );
  }
  return (
    <Block title={t('pane.order', { order: selected.key })}>
      {selected.detail === null ? (
        <Spinner size="tiny" label={t('pane.work.movements')} />
      ) : (
        <>
          <WayBack order={selected.detail} />
          <UnwindSteps key={`unwind ${selected.key}`} />
          <Link as="button" onClick={() => void show(dialogs.explain(selected.key))}>
            {t('pane.explain')}
          </Link>
          <Movements movements={selected.movements} />
          <Declarations key={selected.key} order={selected.detail} />
          <PickingWork key={`picking ${selected.key}`} order={selected.detail} />
          <Papers
            key={`papers ${selected.key}`}
            of={{ orders: [selected.key] }}
            place="papers of the order"
            definitive={selected.detail.state === 'executive'}
          />
        </>
      )}
    </Block>
  );
}

/** What is withdrawn leaves the stock, output comes in. */
const SIGN = { unload: '−', load: '+' } as const;

function Movements({ movements }: { movements: readonly Movement[] }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  return (
    <div>
      <h3 className={styles.part}>{t('pane.order.movements')}</h3>
      {movements.length === 0 ? (
        <Text size={200}>{t('pane.order.movements.none')}</Text>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('pane.order.movements')}>
          <Table size="extra-small" className={styles.table}>
            <TableHeader>
              <TableRow>
                <TableHeaderCell className={styles.cell}>{t('column.item')}</TableHeaderCell>
                <TableHeaderCell className={styles.cell}>{t('column.warehouse')}</TableHeaderCell>
                <TableHeaderCell className={styles.cell} button={{ className: styles.head }}>
                  {t('column.movementQuantity')}
                </TableHeaderCell>
                <TableHeaderCell className={styles.cell}>{t('column.status')}</TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {movements.map((movement) => (
                <TableRow key={movement.id}>
                  <TableCell className={styles.cell} title={movement.description}>
                    {movement.item}
                  </TableCell>
                  <TableCell className={styles.cell}>{movement.warehouse}</TableCell>
                  <TableCell className={mergeClasses(styles.cell, styles.number)}>
                    {SIGN[movement.direction]}
                    {formats.quantity(movement.quantity)} {movement.unit}
                  </TableCell>
                  <TableCell className={styles.cell}>{t(`sheet.status.${movement.status}`)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </div>
  );
}
