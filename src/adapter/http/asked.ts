import type * as z from 'zod/mini';
import type { RunRequest } from '../../contract/runs';
import type { OrdersCommand } from '../../domain/transitions';
import type { Right } from '../../domain/rights';
import type { Asked } from '../runs/request';

type Body = z.output<typeof RunRequest>;

/** The right to a command is also the right to stop it. */
export const rightTo = {
  release: 'release',
  restore: 'restore',
  hold: 'hold',
  lift: 'hold',
  declare: 'declare',
  import: 'import',
} as const satisfies Record<OrdersCommand | 'declare' | 'import', Right>;

/** The rights that carrying out this request, or previewing it, needs. */
export function rightsFor({ command, force }: Body): Right[] {
  return force === undefined ? [rightTo[command]] : [rightTo[command], 'force'];
}

/** What a checked request asks for. */
export function askedOf({ command, postingDate, force, reason }: Body): Asked {
  switch (command) {
    case 'release':
      return { kind: command, postingDate, ...(force && { force }) };
    case 'restore':
      return { kind: command };
    case 'hold':
      // Without a reason it has not passed the check.
      return { kind: command, reason: reason ?? '' };
    case 'lift':
      return { kind: command, reason: reason ?? null };
  }
}
