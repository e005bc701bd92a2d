import { useState } from 'react';
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Outcome } from '../../../contract/runs';
import { refusalTexts } from '../../../language/refusal-text';
import { asPreviewed } from '../../sync/preview-text';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Fold } from './fold';

const useStyles = makeStyles({
  block: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  told: { overflowWrap: 'anywhere' },
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
  const { t, formats } = useWords();
  const { merge, previewMerge } = useActions();
  const [previewed, setPreviewed] = useState<readonly Outcome[]>([]);
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
            <div className={styles.buttons}>
              <Button
                size="small"
                disabledFocusable={busy}
                onClick={() => void previewMerge().then((found) => setPreviewed(found ?? []))}
              >
                {t('pane.merge.preview')}
              </Button>
              <Button
                size="small"
                disabledFocusable={busy}
                onClick={() => {
                  setPreviewed([]);
                  void merge();
                }}
              >
                {t('pane.merge.put')}
              </Button>
            </div>
          ) : (
            <Text size={200}>{t('pane.merge.noRight')}</Text>
          )}
          <div aria-live="polite">
            {previewed.map(({ key, refusals, warnings }) => (
              <Text key={key} size={200} block className={styles.told}>
                <b>{key}</b> {refusalTexts([...refusals, ...warnings.map(asPreviewed)], t, formats).join(' ')}
              </Text>
            ))}
          </div>
        </div>
      </Fold>
    </section>
  );
}
