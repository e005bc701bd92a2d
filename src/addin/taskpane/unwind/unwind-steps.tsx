import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { UnwindStep } from '../../../contract/unwind';
import type { Right } from '../../../domain/rights';
import { refusalText } from '../../../language/refusal-text';
import { useActions, usePaneState, useWords, type Words } from '../pane-context';
import { Changes } from './changes';
import { Taken, useTakenStep } from './taken-step';

const useStyles = makeStyles({
  part: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  steps: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    margin: `${tokens.spacingVerticalXS} 0`,
    paddingInlineStart: tokens.spacingHorizontalXL,
    fontSize: tokens.fontSizeBase200,
  },
  refused: { color: tokens.colorStatusDangerForeground1 },
});

/** More are counted: the way is walked from its first step. */
const STEPS_SHOWN = 25;

/** The way of the selected order back to launched: what is to be done, in the order it must go, and what each step changes in the stock. */
export function UnwindSteps() {
  const styles = useStyles();
  const { t } = useWords();
  const [taken, take] = useTakenStep();
  const steps = usePaneState((state) => state.selected?.unwind?.steps ?? null);
  const state = usePaneState((pane) => pane.selected?.detail?.state);
  const going = state === 'executive' || state === 'fulfilled';
  const more = (steps?.length ?? 0) - STEPS_SHOWN;
  return (
    <div>
      {steps !== null && going && (
        <>
          <h3 className={styles.part}>{t('pane.unwind')}</h3>
          <Text size={200} block>
            {t('pane.unwind.text')}
          </Text>
          <ol className={styles.steps}>
            {steps.slice(0, STEPS_SHOWN).map((step, index) => (
              // By its place: the first button stays, with the keyboard on it, when its step is taken.
              <Step key={index} step={step} first={index === 0} take={take} />
            ))}
          </ol>
          {more > 0 && <Text size={200}>{t('pane.unwind.more', { count: more })}</Text>}
        </>
      )}
      <Taken taken={taken} />
    </div>
  );
}

interface StepProps {
  readonly step: UnwindStep;
  /** Only the first can be taken. */
  readonly first: boolean;
  readonly take: ReturnType<typeof useTakenStep>[1];
}

function Step({ step, first, take }: StepProps) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const does = useStep();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const right = rightFor[step.step];
  const allowed = usePaneState((state) => state.session?.rights.includes(right) ?? false);
  const order = usePaneState((state) => state.selected?.key ?? '');
  const label = labelOf(step, order, t);
  return (
    <li>
      <Button
        size="small"
        disabledFocusable={busy || !first || !allowed}
        onClick={() => void take(label, () => does(step))}
      >
        {label}
      </Button>
      {first && !allowed && (
        <Text size={200} block>
          {t(`pane.unwind.noRight.${right}`)}
        </Text>
      )}
      {step.refusals.map((why) => (
        <Text size={200} block className={styles.refused} key={JSON.stringify(why)}>
          {refusalText(why, t, formats)}
        </Text>
      ))}
      {step.warnings.map((why) => (
        <Text size={200} block key={JSON.stringify(why)}>
          {refusalText(why, t, formats)}
        </Text>
      ))}
      {step.changes.length > 0 ? (
        <Changes changes={step.changes} />
      ) : (
        <Text size={200} block>
          {t('pane.unwind.noStock')}
        </Text>
      )}
    </li>
  );
}

const rightFor = {
  rollBack: 'declare',
  delete: 'declare',
  reverse: 'pick',
  cancel: 'pick',
  restore: 'restore',
} as const satisfies Record<UnwindStep['step'], Right>;

function labelOf(step: UnwindStep, order: string, t: Words['t']): string {
  switch (step.step) {
    case 'rollBack':
    case 'delete':
      return t(`pane.unwind.${step.step}`, { number: step.declaration });
    case 'reverse':
      return t('pane.unwind.reverse', { work: step.work, line: step.line });
    case 'cancel':
      return t('pane.unwind.cancel', { work: step.work });
    case 'restore':
      return t('pane.unwind.restore', { order });
  }
}

function useStep() {
  const { stepDeclaration, stepWork, restoreSelected } = useActions();
  return (step: UnwindStep) => {
    switch (step.step) {
      case 'rollBack':
        return stepDeclaration(step.declaration, 'roll-back');
      case 'delete':
        return stepDeclaration(step.declaration, 'delete');
      case 'reverse':
        return stepWork({ step: 'reverse', work: step.work, line: step.line });
      case 'cancel':
        return stepWork({ step: 'cancel', work: step.work });
      case 'restore':
        return restoreSelected();
    }
  };
}
