import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    height: '12px',
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
    // Windows contrast themes drop backgrounds; the frame and the gap keep the parts apart.
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeAccessible}`,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  good: { backgroundColor: tokens.colorStatusSuccessBackground3, forcedColorAdjust: 'none' },
  bad: { backgroundColor: tokens.colorStatusDangerBackground3, forcedColorAdjust: 'none' },
});

/** A picture beside words that say the same: `good` and `bad` are shares of 1, the rest stays empty. */
export function Bar({ good, bad }: { good: number; bad: number }) {
  const styles = useStyles();
  return (
    <div className={styles.bar} aria-hidden="true">
      <div className={styles.good} style={{ width: `${good * 100}%` }} />
      <div className={styles.bad} style={{ width: `${bad * 100}%` }} />
    </div>
  );
}
