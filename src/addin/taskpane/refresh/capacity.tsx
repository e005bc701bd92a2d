import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { useMemo } from 'react';
import type { CapacityOfDay } from '../../../contract/refresh';
import { Fold } from '../blocks/fold';
import { useWords } from '../pane-context';
import { Legend } from './legend';
import { capacityByCentre, type CentreCapacity, daysOver, type LoadDay } from './load-picture';
import { pictureStyles } from './picture-styles';

const useStyles = makeStyles({
  centre: { display: 'flex', flexDirection: 'column' },
  said: { display: 'flex', gap: tokens.spacingHorizontalXS },
  bad: { color: tokens.colorStatusDangerForeground1, flexShrink: 0, marginBlockStart: '2px' },
  scroll: { overflowX: 'auto', paddingBlockStart: tokens.spacingVerticalXS },
  days: { display: 'flex' },
  // Wide enough for its day.
  day: { flex: '1 0 40px', maxWidth: '72px' },
  column: {
    position: 'relative',
    display: 'flex',
    alignItems: 'flex-end',
    justifyContent: 'center',
    columnGap: '2px',
    height: '88px',
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
  },
  bar: { width: '12px', boxSizing: 'border-box' },
  stack: { position: 'relative', width: '12px', boxSizing: 'border-box' },
  part: { position: 'absolute', insetInline: 0, bottom: 0, boxSizing: 'border-box' },
  top: { position: 'absolute', insetInline: 0, top: 0, boxSizing: 'border-box' },
  line: { position: 'absolute', insetInline: 0, borderTop: `2px solid ${tokens.colorNeutralForeground1}` },
  limit: {
    position: 'absolute',
    insetInline: 0,
    borderTop: `2px dotted ${tokens.colorStatusDangerForeground1}`,
  },
  name: { display: 'block', textAlign: 'center', whiteSpace: 'nowrap' },
});

const CENTRES_SHOWN = 8;

/** What touched centres have to do on touched days, before and after, against what they can do. */
export function Capacity({ load }: { load: readonly CapacityOfDay[] }) {
  const { t } = useWords();
  const centres = useMemo(() => capacityByCentre(load), [load]);
  if (centres.length === 0) return null;
  const over = centres.filter((centre) => daysOver(centre, 'after') > 0).length;
  const more = centres.length - CENTRES_SHOWN;
  const summary = t('pane.refresh.load', { count: centres.length });
  return (
    <Fold
      startsOpen={over > 0}
      summary={over === 0 ? summary : `${summary}, ${t('pane.refresh.load.over', { count: over })}`}
    >
      <Legend load limit={centres.some(({ days }) => days.some(({ hours }) => hours.limit !== null))} />
      {centres.slice(0, CENTRES_SHOWN).map((centre) => (
        <Centre key={centre.key} centre={centre} />
      ))}
      {more > 0 && <Text size={200}>{t('pane.more', { count: more })}</Text>}
    </Fold>
  );
}

function Centre({ centre }: { centre: CentreCapacity }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { label, days } = centre;
  const was = daysOver(centre, 'before');
  const full = days.filter(({ over }) => over.after);
  const said =
    full.length === 0
      ? t('pane.refresh.load.within')
      : `${t('pane.refresh.load.days', { count: full.length })}: ${full
          .map(({ day, percent }) =>
            percent === null
              ? t('pane.refresh.load.closed', { day: formats.shortDay(day) })
              : t('pane.refresh.load.percent', {
                  day: formats.shortDay(day),
                  percent,
                }),
          )
          .join(', ')}`;
  return (
    <div className={styles.centre}>
      <Text weight="semibold" size={200}>
        {label}
      </Text>
      <Text size={200} className={styles.said}>
        {full.length > 0 && <ErrorCircleFilled className={styles.bad} aria-hidden />}
        {said}
      </Text>
      {was !== full.length && <Text size={200}>{t('pane.refresh.load.was', { count: was })}</Text>}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
        <div className={styles.days} role="img" aria-label={`${label}: ${said}`}>
          {days.map((day) => (
            <Day key={day.day} day={day} />
          ))}
        </div>
      </div>
      <Fold summary={t('pane.refresh.asTable')}>
        <Hours centre={centre} />
      </Fold>
    </div>
  );
}

function Day({ day: { day, heights } }: { day: LoadDay }) {
  const styles = useStyles();
  const picture = pictureStyles();
  const { formats } = useWords();
  const { capacity, limit, before, after } = heights;
  const within = Math.min(after, capacity);
  return (
    <div className={styles.day}>
      <div className={styles.column}>
        <div
          className={mergeClasses(styles.bar, before > 0 && picture.before)}
          style={{ height: percent(before) }}
        />
        <div className={styles.stack} style={{ height: percent(after) }}>
          {within > 0 && (
            <div
              className={mergeClasses(styles.part, picture.after)}
              style={{ height: percent(within / after) }}
            />
          )}
          {after > capacity && (
            <div
              className={mergeClasses(styles.top, picture.over)}
              style={{ height: percent(1 - within / after) }}
            />
          )}
        </div>
        <div className={styles.line} style={{ bottom: percent(capacity) }} />
        {limit !== null && <div className={styles.limit} style={{ bottom: percent(limit) }} />}
      </div>
      <Text size={100} className={styles.name}>
        {formats.shortDay(day)}
      </Text>
    </div>
  );
}

/** The same in numbers. */
function Hours({ centre: { label, days } }: { centre: CentreCapacity }) {
  const picture = pictureStyles();
  const { t, formats } = useWords();
  const number = mergeClasses(picture.cell, picture.number);
  const limited = days.some(({ hours }) => hours.limit !== null);
  const heads = ['capacity', ...(limited ? (['limit'] as const) : []), 'before', 'after'] as const;
  return (
    <table className={picture.table}>
      <caption className={picture.caption}>{t('pane.refresh.load.hours', { centre: label })}</caption>
      <thead>
        <tr>
          <th scope="col" className={picture.cell}>
            {t('pane.preview.load.day')}
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className={number}>
              {t(`pane.refresh.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, hours }) => (
          <tr key={day}>
            <th scope="row" className={picture.cell}>
              {formats.shortDay(day)}
            </th>
            {heads.map((head) => (
              <td key={head} className={number}>
                {formats.quantity(hours[head] ?? '–')}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}
