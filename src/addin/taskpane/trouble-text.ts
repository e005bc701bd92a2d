import { ApiError } from '../api/errors';
import type { Formats } from '../../language/formats';
import { refusalText } from '../../language/refusal-text';
import { SheetError } from '../sync/sheet';
import type { Translate } from '../texts';

/** What went wrong and what to do now, in the planner's words. `address` is where the order book is looked for. */
export function troubleText(error: unknown, t: Translate, formats: Formats, address: string): string {
  if (error instanceof ApiError) return apiText(error, t, formats, address);
  if (error instanceof SheetError) {
    return t(`error.${error.code}`, {
      detail: error.detail,
      columns: error.detail,
      most: Number(error.detail),
    });
  }
  return t('error.unexpected', { detail: error instanceof Error ? error.message : String(error) });
}

function apiText(error: ApiError, t: Translate, formats: Formats, address: string): string {
  const { problem } = error;
  if (error.code === 'unreachable' && globalThis.navigator?.onLine === false) return t('error.offline');
  if (problem === null) return t(`error.${error.code}`, { address });
  if (problem.refusals !== undefined && problem.refusals.length > 0) {
    return problem.refusals.map((refusal) => refusalText(refusal, t, formats)).join(' ');
  }
  if (problem.code === 'unknownCompany') return t('error.unknownCompany');
  return problem.detail === '' ? problem.title : problem.detail;
}
