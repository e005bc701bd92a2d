import assert from 'node:assert/strict';
import { localTime, type Instant } from '../../../src/domain/calendar';
import { orderKey } from '../../../src/domain/order';
import { quantityText } from '../../../src/domain/quantity';
import type { RefreshCandidate, WantedOrder } from '../../../src/domain/refresh/candidate';
import { decideRefresh, type RefreshDecision, type RefreshFacts } from '../../../src/domain/refresh/decide';
import type { MasterData } from '../../../src/domain/refresh/master-data';
import { defaultOptions, type RefreshOptions } from '../../../src/domain/refresh/options';
import type { CapacityNeed, OrderContent } from '../../../src/domain/refresh/order-content';
import { startOfDay, type PlantHours } from '../../../src/domain/refresh/plant';
import { aCentre, amount, anItem, anOperation, aRouting, lasting, masters, on } from './masters';

/** Orders to be refreshed, as short as a test can say them. The plant is in Rome; its days are as long as they are. */
export const hours: PlantHours = { timeZone: 'Europe/Rome', dayStarts: '00:00', dayEnds: '24:00' };

/** The clock of the plant in winter. */
export const at = (text: string): Instant => {
  const instant = new Date(`${text.replace(' ', 'T')}:00+01:00`).toISOString() as Instant;
  return instant;
};

export const nothing: OrderContent = {
  header: { quantity: amount(0), startsAt: null, endsAt: null, dueOn: null },
  ...{ lines: [], materials: [], operations: [], needs: [], supplies: [] },
};

export const keyOf = (number: number) => orderKey({ year: 2026, number, lot: 0 });

export function anOrder(
  wanted: Partial<WantedOrder> = {},
  of: Partial<RefreshCandidate> = {},
  number = 1,
): RefreshCandidate {
  const key = keyOf(number);
  return {
    marked: { key, version: 1 },
    order: { key, state: 'launched', version: 1, lastChange: null },
    wanted: {
      ...{ item: 'A', variant: '', quantity: amount(60), unit: 'PC' },
      ...{ startsAt: null, dueOn: on('2026-11-27') },
      ...wanted,
    },
    ...{ produced: amount(0), warehouse: null, present: nothing, reservations: [], picked: [], entries: [] },
    ...of,
  };
}

/** Two operations of T-20: setup 30, run 5 a piece, wait 20, move 10; setup 15, run 3 a piece. One day of safety. */
export const op10 = anOperation(10, {
  ...{ setup: lasting(30), run: lasting(5), wait: lasting(20), move: lasting(10) },
});
export const op20 = anOperation(20, { setup: lasting(15), run: lasting(3), routingLink: 'L20' });
export const twoOperations = (of: Partial<Parameters<typeof masters>[0]> = {}): MasterData =>
  masters({
    items: [anItem('A', { routing: 'A', safetyLeadDays: 1 })],
    routings: [aRouting('A', [op10, op20])],
    workCentres: [aCentre('WC1')],
    ...of,
  });

export const refreshAll = (
  candidates: readonly RefreshCandidate[],
  data: MasterData,
  options: Partial<RefreshOptions> = {},
  facts: Partial<RefreshFacts> = {},
): RefreshDecision[] =>
  decideRefresh(
    candidates,
    { masters: data, hours, booked: [], ...facts },
    { ...defaultOptions, ...options },
  );

export function refresh(
  candidate: RefreshCandidate,
  data: MasterData,
  options: Partial<RefreshOptions> = {},
): RefreshDecision {
  const [decision] = refreshAll([candidate], data, options);
  assert.ok(decision);
  return decision;
}

/** The content of an order that has to be refreshed. */
export function refreshed(...of: Parameters<typeof refresh>): OrderContent {
  const { content, refusals } = refresh(...of);
  assert.ok(content, JSON.stringify(refusals));
  return content;
}

export const codes = ({ refusals }: Pick<RefreshDecision, 'refusals'>) => refusals.map(({ code }) => code);

/** What the plant's clock shows: `26 16:00`, the day of the month and the time. */
export const shown = (instant: Instant | null) =>
  instant === null ? '–' : localTime('Europe/Rome', instant).replace('T', ' ').slice(8, 16);

export const span = ({ startsAt, endsAt }: { startsAt: Instant | null; endsAt: Instant | null }) =>
  `${shown(startsAt)} – ${shown(endsAt)}`;

export const needText = ({ workCentre, day, minutes }: CapacityNeed) =>
  `${workCentre} ${day} ${quantityText(minutes)}`;

export { startOfDay };
