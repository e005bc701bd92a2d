import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { useMemo, useState } from 'react';
import type { Shortage } from '../../../contract/runs';
import type { CalendarDate } from '../../../domain/calendar';
import { itemText, supplyText } from '../../sync/shortage-rows';
import { Bar } from '../blocks/bar';
import { Fold } from '../blocks/fold';
import { useActions, usePaneState, useWords } from '../pane-context';
import { pictureStyles } from '../refresh/picture-styles';
import type { ShownPreview } from '../store/state';
import { shortagePicture, type ShortagePicture, type ShortageRow } from './shortage-picture';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  rows: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  row: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, overflowWrap: 'anywhere' },
  numbers: { fontVariantNumeric: 'tabular-nums' },
  line: { width: '100%', height: '14px', overflow: 'visible' },
  axis: { stroke: tokens.colorNeutralStrokeAccessible, strokeWidth: 1 },
  arrival: { stroke: tokens.colorNeutralStrokeAccessible, fill: tokens.colorNeutralBackground1 },
  covered: { fill: tokens.colorStatusSuccessForeground1 },
  days: { display: 'flex', justifyContent: 'space-between', color: tokens.colorNeutralForeground3 },
  scroll: { overflow: 'auto', maxHeight: '320px' },
});

const MOST_SHOWN = 20;

/** What is short: need against stock, and what is on its way until the orders are covered; the same as a table, and as a sheet. */
export function Shortages({ preview }: { preview: ShownPreview }) {
  const styles = useStyles();
  const { t } = useWords();
  const today = usePaneState((state) => state.session?.today ?? null);
  const shown = useMemo(() => preview.shortages.slice(0, MOST_SHOWN), [preview]);
  // Nobody previews before the order book has said what day it is.
  const picture = useMemo(() => (today === null ? null : shortagePicture(shown, today)), [shown, today]);
  const more = preview.shortages.length - MOST_SHOWN;
  return (
    <Fold summary={t('pane.preview.shortages', { count: preview.shortages.length })}>
      <ShortageButtons preview={preview} />
      {picture && <Rows picture={picture} />}
      {more > 0 && <Text size={200}>{t('pane.more', { count: more })}</Text>}
      <Fold summary={t('pane.refresh.asTable')}>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('sheet.shortages')}>
          <ShortageTable shortages={shown} />
        </div>
      </Fold>
    </Fold>
  );
}

function ShortageButtons({ preview }: { preview: ShownPreview }) {
  const styles = useStyles();
  const { t } = useWords();
  const { previewAsStockAllows, writeShortages } = useActions();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const [drawn, setDrawn] = useState<boolean | null>(null);
  const fits = preview.command === 'release' && preview.forced === null && preview.asStockAllows !== true;
  return (
    <>
      <div className={styles.buttons}>
        {fits && (
          <Button size="small" disabledFocusable={busy} onClick={() => void previewAsStockAllows()}>
            {t('pane.shortages.asStockAllows')}
          </Button>
        )}
        <Button
          size="small"
          icon={<TableRegular />}
          disabledFocusable={busy}
          onClick={() => void writeShortages().then(setDrawn)}
        >
          {t('pane.shortages.write')}
        </Button>
      </div>
      <Text size={200} aria-live="polite">
        {drawn === false && t('pane.shortages.noChart')}
      </Text>
    </>
  );
}

function Rows({ picture }: { picture: ShortagePicture }) {
  const styles = useStyles();
  const { formats } = useWords();
  const keyOf = ({ shortage: { item, variant, warehouse, lot } }: ShortageRow) =>
    JSON.stringify([item, variant, warehouse, lot]);
  return (
    <div className={styles.rows}>
      {picture.rows.map((row) => (
        <Row key={keyOf(row)} row={row} />
      ))}
      <div className={styles.days} aria-hidden>
        <Text size={100}>{formats.shortDay(picture.first)}</Text>
        <Text size={100}>{formats.shortDay(picture.last)}</Text>
      </div>
    </div>
  );
}

/** Need against stock as a bar, and below it the days until what is on its way covers the orders. */
function Row({ row: { shortage, covered, arrivals, coveredAt, coveredOn } }: { row: ShortageRow }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { warehouse, lot, need, available, missing, unit } = shortage;
  const outlook = useOutlook(arrivals.length, coveredOn);
  return (
    <div className={styles.row} role="group" aria-label={itemText(shortage)}>
      <Text size={200}>
        <b>{itemText(shortage)}</b> {[warehouse, lot].filter(Boolean).join(' · ')}
      </Text>
      <Bar good={covered} bad={1 - covered} />
      <Text size={200} className={styles.numbers}>
        {t('pane.preview.shortage.need', { need: formats.quantity(need), unit })} ·{' '}
        {t('pane.preview.shortage.available', { available: formats.quantity(available) })} ·{' '}
        {t('pane.preview.shortage.missing', { missing: formats.quantity(missing) })}
      </Text>
      {arrivals.length > 0 && (
        <svg className={styles.line} role="img" aria-label={outlook}>
          <line x1="1%" x2="99%" y1="7" y2="7" className={styles.axis} />
          {arrivals.map((at, place) => (
            <circle key={`${place} ${at}`} cx={across(at)} cy="7" r="4" className={styles.arrival} />
          ))}
          {coveredAt !== null && <circle cx={across(coveredAt)} cy="7" r="3" className={styles.covered} />}
        </svg>
      )}
      <Text size={200}>{outlook}</Text>
    </div>
  );
}

function useOutlook(arrivals: number, coveredOn: CalendarDate | null): string {
  const { t, formats } = useWords();
  if (coveredOn !== null) return t('pane.shortages.coveredOn', { date: formats.day(coveredOn) });
  return t(arrivals === 0 ? 'supply.none' : 'pane.shortages.neverCovered');
}

/** Within the line, so that marks at its ends are whole. */
const across = (share: number) => `${1 + share * 98}%`;

function ShortageTable({ shortages }: { shortages: readonly Shortage[] }) {
  const picture = pictureStyles();
  const { t, formats } = useWords();
  const number = mergeClasses(picture.cell, picture.number);
  const { selectRows } = useActions();
  return (
    <table className={picture.table}>
      <caption className={picture.caption}>{t('sheet.shortages')}</caption>
      <thead>
        <tr>
          {(['item', 'order', 'need', 'available', 'short', 'nextSupply', 'coveredOn'] as const).map(
            (field) => (
              <th key={field} scope="col" className={picture.cell}>
                {t(`column.${field}`)}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {shortages.flatMap((shortage) =>
          shortage.orders.slice(0, MOST_SHOWN).map((order) => (
            <tr key={`${itemText(shortage)} ${shortage.warehouse} ${order.key}`}>
              <th scope="row" className={picture.cell}>
                {itemText(shortage)}
              </th>
              <td className={picture.cell}>
                <Button appearance="transparent" size="small" onClick={() => void selectRows([order.key])}>
                  {order.key}
                </Button>
              </td>
              <td className={number}>{formats.quantity(order.need)}</td>
              <td className={number}>{formats.quantity(order.available)}</td>
              <td className={number}>{formats.quantity(order.short)}</td>
              <td className={picture.cell}>{supplyOf(shortage, t, formats.shortDay)}</td>
              <td className={picture.cell}>
                {order.feasibleOn === null ? '–' : formats.shortDay(order.feasibleOn)}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

function supplyOf(
  { supplies: [next] }: Shortage,
  t: ReturnType<typeof useWords>['t'],
  shortDay: (day: string) => string,
): string {
  return next === undefined ? t('supply.none') : `${supplyText(next, t)}, ${shortDay(next.on)}`;
}
