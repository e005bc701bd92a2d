import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Fold } from './fold';
import { ReasonField } from './reason-field';

const useStyles = makeStyles({
  block: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** Puts orders on hold, so that nobody releases them, and lifts holds: whoever's they are. */
export function HoldBlock() {
  const styles = useStyles();
  const { t } = useWords();
  const loaded = usePaneState((state) => state.loaded !== null && state.session !== null);
  const allowed = usePaneState((state) => state.session?.rights.includes('hold') ?? false);
  if (!loaded) return null;
  return (
    <section className={styles.block} aria-label={t('pane.hold')}>
      <Fold summary={t('pane.hold')}>
        <Text size={200}>{t('pane.hold.text')}</Text>
        {allowed ? <HoldForm /> : <Text size={200}>{t('pane.hold.noRight')}</Text>}
      </Fold>
    </section>
  );
}

function HoldForm() {
  const styles = useStyles();
  const { t } = useWords();
  const { hold } = useActions();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void hold('hold', reason);
  };
  const lift = () => {
    setMissing(false);
    void hold('lift', reason);
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <ReasonField label={t('pane.hold.reason')} value={reason} onChange={setReason} missing={missing} />
      <div className={styles.buttons}>
        <Button size="small" type="submit" disabledFocusable={busy}>
          {t('pane.hold.put')}
        </Button>
        <Button size="small" disabledFocusable={busy} onClick={lift}>
          {t('pane.hold.lift')}
        </Button>
      </div>
    </form>
  );
}
