import assert from 'node:assert/strict';
import { localTime, type Instant } from '../../../src/domain/calendar';
import type { Refusal } from '../../../src/domain/refusals';
import { catalogues } from '../../../src/language/text';
import { orderKey } from '../../../src/domain/order';
import { quantityText } from '../../../src/domain/quantity';
import type { RefreshCandidate, WantedOrder } from '../../../src/domain/refresh/candidate';
import { decideRefresh, type RefreshDecision, type RefreshFacts } from '../../../src/domain/refresh/decide';
import type { MasterData } from '../../../src/domain/refresh/master-data';
import { defaultOptions, type Calculate, type RefreshOptions } from '../../../src/domain/refresh/options';
import {
  emptyContent,
  type CapacityNeed,
  type OrderContent,
} from '../../../src/domain/refresh/order-content';
import type { PlantHours } from '../../../src/domain/refresh/plant';
import { aBom, aCentre, aLine, amount, anItem, anOperation, aRouting, lasting, masters, on } from './masters';

/** Orders to be refreshed, as short as a test can say them. The plant is in Rome; its days are as long as they are. */
export const hours: PlantHours = { timeZone: 'Europe/Rome', dayStarts: '00:00', dayEnds: '24:00' };

/** In the plant; the orders of most tests start after it. */
export const today = on('2026-11-20');

/** The clock of the plant in winter. */
export const at = (text: string): Instant => {
  const instant = new Date(`${text.replace(' ', 'T')}:00+01:00`).toISOString() as Instant;
  return instant;
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
      ...{ startsAt: null, dueOn: on('2026-11-27'), changes: [] },
      ...wanted,
    },
    ...{
      produced: amount(0),
      warehouse: null,
      present: emptyContent,
      askedPutAway: null,
      reservations: [],
      picked: [],
      entries: [],
      notRestorable: [],
      staysBy: [],
    },
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
): RefreshDecision[] => {
  const all = { masters: data, hours, booked: [], today, ...facts };
  const decisions = decideRefresh(candidates, all, { ...defaultOptions, ...options });
  for (const { refusals, warnings } of decisions) [...refusals, ...warnings].forEach(assertText);
  return decisions;
};

/** A refusal fills every place of its text, in every language. */
export function assertText({ code, params }: Refusal): void {
  const { context } = params;
  for (const catalogue of Object.values(catalogues)) {
    const text = catalogue[`refusal.${code}${context === undefined ? '' : `_${context}`}`] ?? '{{text}}';
    for (const [, place = ''] of text.matchAll(/\{\{(\w+)\}\}/g))
      assert.ok(params[place], `${code} ${context}: ${place} of ${text}`);
  }
}

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

/** A, of two operations, takes X and Y; a year ago it took W and had one operation. */
export const sinceThen = twoOperations({
  items: [
    anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1 }),
    ...['W', 'X', 'Y'].map((item) => anItem(item)),
  ],
  boms: [aBom('A', [aLine(10, 'X', '2', { routingLink: 'L20' }), aLine(20, 'Y', '0.1')])],
});
export const whenItWasMade = twoOperations({
  items: [anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1 }), anItem('W')],
  boms: [aBom('A', [aLine(10, 'W', '1')])],
  routings: [aRouting('A', [anOperation(5, { run: lasting(1) })])],
});

/** Calculates these parts and no others. */
export const only = (...parts: (keyof Calculate)[]) => ({
  calculate: {
    lines: parts.includes('lines'),
    routings: parts.includes('routings'),
    componentNeed: parts.includes('componentNeed'),
  },
});

export const linesOf = (content: OrderContent) =>
  content.lines.map(
    ({ orderLine, level, item, quantity, dueOn }) =>
      `${orderLine} ${level} ${item} ${quantityText(quantity)} ${dueOn}`,
  );
