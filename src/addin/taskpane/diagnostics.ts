import { ApiError } from '../api/errors';
import { SheetError } from '../sync/sheet';
import type { Translate } from '../texts';
import type { OfficeFacts } from './office-facts';
import type { Failure, PaneState } from './store/state';

/** What the diagnostics are made of. */
export interface Findings {
  /** Version of the pane. */
  readonly version: string;
  /** ISO text, UTC. */
  readonly at: string;
  readonly office: OfficeFacts;
  readonly browser: string;
  /** How the order book answers; null when it does not. */
  readonly health: { readonly milliseconds: number; readonly version: string } | null;
  readonly state: PaneState;
}

/**
 * What support asks for, as lines of a label and a value. No secrets and nothing of the orders: what is in the sheet stays in the
 * sheet.
 */
export function diagnostics(found: Findings, t: Translate): [label: string, value: string][] {
  const { office, health, state } = found;
  const answers =
    health === null
      ? t('pane.diagnostics.silent')
      : t('pane.diagnostics.answers', { milliseconds: health.milliseconds });
  const none = t('pane.diagnostics.none');
  const line = (key: string, value: string | null): [string, string] => [
    t(`pane.diagnostics.${key}`),
    value === null || value === '' ? none : value,
  ];
  return [
    line('at', found.at),
    line('version', found.version),
    line('bookVersion', health?.version ?? state.session?.version ?? null),
    line('address', `${state.address} (${answers})`),
    line('company', state.company),
    line('user', state.session?.user ?? null),
    line('rights', state.session?.rights.join(', ') ?? null),
    line('host', office.host),
    line('sets', office.sets.join(', ')),
    line('languages', office.languages.join(', ')),
    line('browser', found.browser),
    line('sheet', sheetText(state, t)),
    line('failures', state.failures.map(failureText).join('\n')),
  ];
}

/** One text to be pasted into a message. */
export function diagnosticsText(lines: readonly (readonly [string, string])[]): string {
  return lines.map(([label, value]) => `${label}: ${value.includes('\n') ? `\n${value}` : value}`).join('\n');
}

function sheetText({ loaded, marks, pendingRun }: PaneState, t: Translate): string {
  const parts = [
    ...(loaded === null ? [] : [t('pane.diagnostics.orders', { count: loaded.found })]),
    t('pane.marked', { count: marks.marked.length }),
    ...(pendingRun === null ? [] : [t('pane.interrupted.title')]),
  ];
  return parts.join(', ');
}

/** `2026-11-20T10:42:00.000Z problem 409 refused /api/runs` */
function failureText({ at, error }: Failure): string {
  return [new Date(at).toISOString(), ...codesOf(error)].join(' ');
}

function codesOf(error: unknown): string[] {
  if (error instanceof ApiError) {
    const { code, path, problem } = error;
    return [code, ...(problem === null ? [] : [String(problem.status), problem.code]), path];
  }
  if (error instanceof SheetError) return [error.code, error.detail];
  return error instanceof Error ? [error.name, error.message] : [String(error)];
}
