import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { usePaneState, useWords } from '../pane-context';

const useStyles = makeStyles({
  first: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
});

/** What this is, in two lines, until the workbook holds its first orders. */
export function FirstRun() {
  const styles = useStyles();
  const { t } = useWords();
  const view = usePaneState((state) => state.view);
  const first = usePaneState((state) => state.loaded === null);
  if (!first) return null;
  return (
    <div className={styles.first}>
      {view === 'release' && <Subtitle2>{t('pane.first.title')}</Subtitle2>}
      <Text size={200}>{t(`pane.first.${view}`)}</Text>
    </div>
  );
}
