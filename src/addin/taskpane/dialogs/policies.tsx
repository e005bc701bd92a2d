import { makeStyles, MessageBar, MessageBarBody, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { CompanyPolicy } from '../../../contract/work';
import {
  pickingPolicies,
  policyPresets,
  presetOf,
  presets,
  type ReleasePolicy,
  reservationPolicies,
  shortagePolicies,
} from '../../../domain/policy';
import { companyName } from '../company-name';
import { usePaneState, useWords } from '../pane-context';
import { Choice } from './choice';

const useStyles = makeStyles({
  part: { margin: 0, padding: 0, border: 'none', minWidth: 0 },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalS },
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

interface PoliciesProps {
  readonly policy: ReleasePolicy;
  /** What somebody else made of them while these were chosen; null where nobody did. */
  readonly overtakenBy: CompanyPolicy | null;
  readonly onPolicy: (policy: ReleasePolicy) => void;
}

/** By what the company releases: the ways of a system, or each policy by itself. Without the right they are only read. */
export function Policies({ policy, overtakenBy, onPolicy }: PoliciesProps) {
  const styles = useStyles();
  const { t } = useWords();
  const company = usePaneState((state) => companyName(state.company ?? '', state.companies));
  const disabled = usePaneState((state) => !(state.session?.rights.includes('policy') ?? false));
  const preset = presetOf(policy) ?? 'own';
  const nameOf = ({ shortage, reservation, picking }: ReleasePolicy) => ({
    shortage: t(`pane.policy.shortage.${shortage}`),
    reservation: t(`pane.policy.reservation.${reservation}`),
    picking: t(`pane.policy.picking.${picking}`),
  });
  const known = [...presets, ...(preset === 'own' ? ([preset] as const) : [])];
  /** What a choice means, and what holds instead where somebody else chose otherwise. */
  const hint = (kind: keyof ReleasePolicy, means: string) => {
    if (overtakenBy === null || overtakenBy[kind] === policy[kind]) return means;
    return t('pane.policy.now', { means, now: nameOf(overtakenBy)[kind] });
  };
  return (
    <fieldset className={styles.part}>
      <legend className={styles.legend}>
        <Subtitle2>{t('pane.policy', { company })}</Subtitle2>
      </legend>
      <div className={styles.fields}>
        {overtakenBy && <Overtaken by={overtakenBy} />}
        <Text size={200}>{t(disabled ? 'pane.policy.readOnly' : 'pane.policy.text')}</Text>
        <Choice
          label={t('pane.policy.preset')}
          hint={t(`pane.policy.preset.${preset}.hint`)}
          disabled={disabled}
          value={preset}
          choices={known.map((value) => [value, t(`pane.policy.preset.${value}`)])}
          onChoice={(value) => value !== 'own' && onPolicy(policyPresets[value])}
        />
        <Choice
          label={t('pane.policy.shortage')}
          hint={hint('shortage', t(`pane.policy.shortage.${policy.shortage}.hint`))}
          disabled={disabled}
          value={policy.shortage}
          choices={shortagePolicies.map((value) => [value, t(`pane.policy.shortage.${value}`)])}
          onChoice={(shortage) => onPolicy({ ...policy, shortage })}
        />
        <Choice
          label={t('pane.policy.picking')}
          hint={hint('picking', t(`pane.policy.picking.${policy.picking}.hint`))}
          disabled={disabled}
          value={policy.picking}
          choices={pickingPolicies.map((value) => [value, t(`pane.policy.picking.${value}`)])}
          onChoice={(picking) => onPolicy({ ...policy, picking })}
        />
        <Choice
          label={t('pane.policy.reservation')}
          hint={hint(
            'reservation',
            t(
              policy.picking === 'work'
                ? `pane.policy.reservation.${policy.reservation}.hint`
                : 'pane.policy.reservation.unused',
            ),
          )}
          disabled={disabled}
          value={policy.reservation}
          choices={reservationPolicies.map((value) => [value, t(`pane.policy.reservation.${value}`)])}
          onChoice={(reservation) => onPolicy({ ...policy, reservation })}
        />
        <Changed />
      </div>
    </fieldset>
  );
}

/** Somebody else was first: nothing was saved, and what was chosen stands as it was chosen. */
function Overtaken({ by: { changedBy, changedAt } }: { by: CompanyPolicy }) {
  const { t, formats } = useWords();
  const params = { user: changedBy ?? '', at: formats.moment(changedAt ?? '') };
  return (
    <MessageBar intent="warning" politeness="assertive" layout="multiline">
      <MessageBarBody>{t('pane.policy.overtaken', params)}</MessageBarBody>
    </MessageBar>
  );
}

/** Who changed them last, and when. */
function Changed() {
  const { t, formats } = useWords();
  const policy = usePaneState((state) => state.policy);
  const { changedAt = null, changedBy: user = null } = policy ?? {};
  if (changedAt === null || user === null) return null;
  return <Text size={200}>{t('pane.policy.changed', { user, at: formats.moment(changedAt) })}</Text>;
}
