import type { RunSummary } from '../../contract/runs';
import type { Translate } from '../texts';

/** How many orders of a run were not done, by why; nothing of what there is none of. */
export function notDoneText(run: Pick<RunSummary, 'skipped' | 'refused' | 'failed'>, t: Translate): string[] {
  return (['skipped', 'refused', 'failed'] as const).flatMap((why) =>
    run[why] > 0 ? [t(`pane.result.${why}`, { count: run[why] })] : [],
  );
}
