import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import { Fold } from '../blocks/fold';
import { useWords } from '../pane-context';
import { Legend } from './legend';
import { pictureStyles } from './picture-styles';
import { plantClock } from '../../plant-clock';
import { type Bar, type Plan, type PlanRow, planOf, shiftsOf, type Span } from './plan-picture';
import { usePlantFormats, usePlantZone } from './use-plant-formats';

const LABEL = '96px';

const useStyles = makeStyles({
  plan: { position: 'relative', overflowX: 'hidden' },
  // What is behind the bars of all rows: beside the labels.
  behind: { position: 'absolute', top: 0, bottom: 0, insetInlineEnd: 0, insetInlineStart: LABEL },
  closed: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    backgroundColor: tokens.colorNeutralBackground3,
    // Contrast themes drop backgrounds.
    '@media (forced-colors: active)': {
      borderLeft: `${tokens.strokeWidthThin} dotted GrayText`,
      borderRight: `${tokens.strokeWidthThin} dotted GrayText`,
    },
  },
  tick: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    borderLeft: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  days: { position: 'relative', height: '20px', marginInlineStart: LABEL },
  day: {
    position: 'absolute',
    whiteSpace: 'nowrap',
    paddingInlineStart: tokens.spacingHorizontalXXS,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  row: { position: 'relative', display: 'flex', alignItems: 'center', minHeight: '28px' },
  label: {
    flexShrink: 0,
    boxSizing: 'border-box',
    width: LABEL,
    paddingInlineEnd: tokens.spacingHorizontalXS,
    display: 'flex',
    flexDirection: 'column',
    overflowWrap: 'anywhere',
  },
  detail: { color: tokens.colorNeutralForeground2 },
  track: { position: 'relative', flexGrow: 1, alignSelf: 'stretch', minHeight: '26px' },
  bar: { position: 'absolute', height: '9px', minWidth: '4px', boxSizing: 'border-box' },
  first: { top: '3px' },
  second: { top: '14px' },
});

export interface PlanProps {
  readonly title: string;
  readonly rows: readonly PlanRow[];
  readonly closedDays: Parameters<typeof planOf>[1];
}

/** When the rows are worked on, before and after: bars on the plant's days, and the same as a table. */
export function PlanChart({ title, rows, closedDays }: PlanProps) {
  const { t } = useWords();
  const zone = usePlantZone();
  const plan = useMemo(() => planOf(rows, closedDays, plantClock(zone)), [rows, closedDays, zone]);
  if (plan === null) return <Text size={200}>{t('pane.refresh.plan.none')}</Text>;
  const { earlier, later, unmoved } = shiftsOf(rows);
  const said = [
    title,
    ...(earlier > 0 ? [t('pane.refresh.plan.earlier', { count: earlier })] : []),
    ...(later > 0 ? [t('pane.refresh.plan.later', { count: later })] : []),
    ...(earlier + later === 0 && unmoved > 0 ? [t('pane.refresh.plan.unmoved')] : []),
  ];
  return (
    <div>
      {said.length > 1 && (
        <Text size={200} block>
          {said.slice(1).join(', ')}
        </Text>
      )}
      <Legend closed={plan.closed.length > 0} />
      <Bars plan={plan} said={said.join(': ')} />
      <Fold summary={t('pane.refresh.asTable')}>
        <Times title={title} rows={rows} />
      </Fold>
    </div>
  );
}

function Bars({ plan: { rows, ticks, closed }, said }: { plan: Plan; said: string }) {
  const styles = useStyles();
  const picture = pictureStyles();
  const { formats } = useWords();
  return (
    <div className={styles.plan} role="img" aria-label={said}>
      <div className={styles.behind}>
        {closed.map((day) => (
          <div key={day.from} className={styles.closed} style={placed(day)} />
        ))}
        {ticks.map(({ day, at }) => (
          <div key={day} className={styles.tick} style={{ insetInlineStart: percent(at) }} />
        ))}
      </div>
      <div className={styles.days}>
        {ticks.map(({ day, at }) => (
          <span key={day} className={styles.day} style={{ insetInlineStart: percent(at) }}>
            {formats.shortDay(day)}
          </span>
        ))}
      </div>
      {rows.map(({ key, label, detail, bars: { before, after } }) => (
        <div key={key} className={styles.row}>
          <div className={styles.label}>
            <Text size={100}>{label}</Text>
            {detail !== '' && (
              <Text size={100} className={styles.detail}>
                {detail}
              </Text>
            )}
          </div>
          <div className={styles.track}>
            {before && (
              <div
                className={mergeClasses(styles.bar, styles.first, picture.before)}
                style={placed(before)}
              />
            )}
            {after && (
              <div className={mergeClasses(styles.bar, styles.second, picture.after)} style={placed(after)} />
            )}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The same in words, by the plant's clock. */
function Times({ title, rows }: { title: string; rows: readonly PlanRow[] }) {
  const picture = pictureStyles();
  const { t } = useWords();
  const formats = usePlantFormats();
  const told = (span: Span | null) =>
    span === null ? '–' : `${formats.moment(span.startsAt)} – ${formats.moment(span.endsAt)}`;
  return (
    <table className={picture.table}>
      <caption className={picture.caption}>{title}</caption>
      <thead>
        <tr>
          <td className={picture.cell} />
          <th scope="col" className={picture.cell}>
            {t('pane.refresh.before')}
          </th>
          <th scope="col" className={picture.cell}>
            {t('pane.refresh.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, detail, before, after }) => (
          <tr key={key}>
            <th scope="row" className={picture.cell}>
              {[label, detail].filter((part) => part !== '').join(', ')}
            </th>
            <td className={picture.cell}>{told(before)}</td>
            <td className={picture.cell}>{told(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function placed({ from, to }: Bar) {
  return { insetInlineStart: percent(from), width: percent(to - from) };
}

function percent(share: number): string {
  return `${share * 100}%`;
}
