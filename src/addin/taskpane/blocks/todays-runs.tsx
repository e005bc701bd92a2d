import { makeStyles, tokens } from '@fluentui/react-components';
import { lazily } from '../lazily';
import { later } from '../lazy-files';
import { usePaneState, useWords } from '../pane-context';
import { Fold } from './fold';

const RunList = lazily(later, (file) => file.RunList);

const useStyles = makeStyles({
  block: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
});

/** Who did what today, in this company. Nothing is asked for before it is unfolded. */
export function TodaysRuns() {
  const styles = useStyles();
  const { t } = useWords();
  const known = usePaneState((state) => state.session !== null);
  if (!known) return null;
  return (
    <section className={styles.block} aria-label={t('pane.runs')}>
      <Fold summary={t('pane.runs')}>
        <RunList />
      </Fold>
    </section>
  );
}
