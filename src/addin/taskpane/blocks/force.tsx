import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { Outcome } from '../../../contract/runs';
import { forceableOutcomes } from '../forceable';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Fold } from './fold';
import { RowsLink } from './rows-link';
import { ReasonField } from './reason-field';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    gap: tokens.spacingVerticalXS,
  },
  button: { alignSelf: 'flex-start' },
});

export interface ForceProps {
  readonly outcomes: readonly Outcome[];
  /** Other orders can go as they are, but have not yet. */
  readonly othersGo?: boolean;
}

/** Refused orders of a release that may be forced: what that means, and the way to a preview of doing so. */
export function Force({ outcomes, othersGo = false }: ForceProps) {
  const { t } = useWords();
  const allowed = usePaneState((state) => state.session?.rights.includes('force') ?? false);
  const forceable = forceableOutcomes(outcomes);
  if (forceable.length === 0) return null;
  const title = t('pane.force', { count: forceable.length });
  return (
    <Fold summary={title} beside={<RowsLink orders={forceable.map(({ key }) => key)} of={title} />}>
      <Text size={200}>{t(allowed ? 'pane.force.text' : 'pane.force.noRight')}</Text>
      {allowed && othersGo && <Text size={200}>{t('pane.force.first')}</Text>}
      {allowed && <ForceForm />}
    </Fold>
  );
}

function ForceForm() {
  const styles = useStyles();
  const { t } = useWords();
  const { previewForced } = useActions();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = reason.trim();
    setMissing(given === '');
    if (given !== '') void previewForced(given);
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <ReasonField label={t('pane.force.reason')} value={reason} onChange={setReason} missing={missing} />
      <Button size="small" type="submit" className={styles.button} disabledFocusable={busy}>
        {t('pane.force.preview')}
      </Button>
    </form>
  );
}
