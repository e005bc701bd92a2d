import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { LoadOfDay } from '../../../contract/runs';
import { busiest, type CentreLoad, loadByCentre } from '../load-by-centre';
import { useWords } from '../pane-context';
import { Bar } from './bar';
import { Fold } from './fold';

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  caption: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold },
  cell: { padding: `0 ${tokens.spacingHorizontalXXS}`, fontWeight: tokens.fontWeightRegular },
  day: { textAlign: 'start', whiteSpace: 'nowrap', width: '1%' },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', width: '1%' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const CENTRES_SHOWN = 12;
const DAYS_SHOWN = 10;

/** What the marked orders would give each work centre to do: bars on one scale, beside their numbers. */
export function LoadFold({ load }: { load: readonly LoadOfDay[] }) {
  const styles = useStyles();
  const { t } = useWords();
  const centres = loadByCentre(load);
  if (centres.length === 0) return null;
  const more = centres.length - CENTRES_SHOWN;
  const most = busiest(load);
  return (
    <Fold summary={t('pane.preview.load', { count: centres.length })}>
      <Text size={200} className={styles.quiet}>
        {t('pane.preview.load.counted')}
      </Text>
      {centres.slice(0, CENTRES_SHOWN).map((centre) => (
        <Centre key={centre.workCentre} centre={centre} most={most} />
      ))}
      {more > 0 && <Text size={200}>{t('pane.more', { count: more })}</Text>}
    </Fold>
  );
}

/** `most`: operations a full bar stands for. */
function Centre({ centre: { workCentre, name, days }, most }: { centre: CentreLoad; most: number }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const number = mergeClasses(styles.cell, styles.number);
  const more = days.length - DAYS_SHOWN;
  return (
    <div>
      <table className={styles.table}>
        <caption className={styles.caption}>{`${workCentre} ${name}`.trim()}</caption>
        <thead className={styles.quiet}>
          <tr>
            <th scope="col" className={mergeClasses(styles.cell, styles.day)}>
              {t('pane.preview.load.day')}
            </th>
            <td />
            <th scope="col" className={number}>
              {t('pane.preview.load.going')}
            </th>
            <th scope="col" className={number}>
              {t('pane.preview.load.refused')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.slice(0, DAYS_SHOWN).map(({ day, going, refused }) => (
            <tr key={day}>
              <th scope="row" className={mergeClasses(styles.cell, styles.day)}>
                {formats.day(day)}
              </th>
              <td className={styles.cell}>
                <Bar good={going / most} bad={refused / most} />
              </td>
              <td className={number}>{formats.count(going)}</td>
              <td className={number}>{formats.count(refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <Text size={200}>{t('pane.preview.load.days', { count: more })}</Text>}
    </div>
  );
}
