import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Fold } from './fold';

const useStyles = makeStyles({
  block: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
  form: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
  },
});

/** Puts orders together again that a release in part has made two of. */
export function MergeBlock() {
  const styles = useStyles();
  const { t } = useWords();
  const { merge } = useActions();
  const loaded = usePaneState((state) => state.loaded !== null && state.session !== null);
  const allowed = usePaneState((state) => state.session?.rights.includes('release') ?? false);
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  if (!loaded) return null;
  return (
    <section className={styles.block} aria-label={t('pane.merge')}>
      <Fold summary={t('pane.merge')}>
        <div className={styles.form}>
          <Text size={200}>{t('pane.merge.text')}</Text>
          {allowed ? (
            <Button size="small" disabledFocusable={busy} onClick={() => void merge()}>
              {t('pane.merge.put')}
            </Button>
          ) : (
            <Text size={200}>{t('pane.merge.noRight')}</Text>
          )}
        </div>
      </Fold>
    </section>
  );
}
