import { Text } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { refusalText } from '../../../language/refusal-text';
import type { RunDone } from '../../api/perform-run';
import { useWords } from '../pane-context';

interface TakenStep {
  /** What was asked for, in the planner's words. */
  readonly step: string;
  readonly done: RunDone;
}

/** The last step taken at one place in the pane. What was refused outright is told where trouble is. */
export function useTakenStep() {
  const [taken, setTaken] = useState<TakenStep | null>(null);
  const take = async (step: string, does: () => Promise<RunDone | null>) => {
    setTaken(null);
    const done = await does();
    setTaken(done && { step, done });
    return done;
  };
  return [taken, take] as const;
}

/** What became of it, read out as it comes. Where the button of the step went with it, the keyboard goes on from here. */
export function Taken({ taken }: { taken: TakenStep | null }) {
  const place = useRef<HTMLDivElement>(null);
  const words = useTakenWords(taken);
  useEffect(() => {
    if (taken !== null && document.activeElement === document.body)
      place.current?.focus({ preventScroll: true });
  }, [taken]);
  return (
    <div aria-live="polite" tabIndex={-1} ref={place}>
      {words.map((text) => (
        <Text size={200} block key={text}>
          {text}
        </Text>
      ))}
    </div>
  );
}

function useTakenWords(taken: TakenStep | null): string[] {
  const { t, formats } = useWords();
  const [outcome] = taken?.done.outcomes ?? [];
  if (taken === null || outcome === undefined) return [];
  const { step } = taken;
  const { result, refusals, warnings, movements: count } = outcome;
  const reasons = [...refusals, ...warnings].map((why) => refusalText(why, t, formats));
  if (result === 'refused') return [t('pane.step.refused', { step }), ...reasons];
  if (result === 'failed') return [t('pane.step.failed', { step })];
  return [count === 0 ? t('pane.step.done', { step }) : t('pane.step.moved', { step, count }), ...reasons];
}
