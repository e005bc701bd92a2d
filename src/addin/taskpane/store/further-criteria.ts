import { criterionOf, type OrderQuery } from '../../../contract/orders';
import type { Action } from '../../../domain/transitions';

type Kind = 'pattern' | 'codes' | 'levels' | 'number' | 'flag' | 'days';

/** Criteria that are seldom asked for, in the sequence they are shown, and how each is filled in. */
const kinds = {
  due: 'days',
  end: 'days',
  usage: 'days',
  customer: 'pattern',
  project: 'pattern',
  salesOrder: 'pattern',
  jobOrder: 'pattern',
  jobOrderType: 'pattern',
  category: 'pattern',
  variant: 'pattern',
  bomLevel: 'levels',
  site: 'codes',
  machine: 'codes',
  onHold: 'flag',
  printed: 'flag',
  mandatory: 'flag',
  released: 'days',
  releasedBy: 'pattern',
  runNumber: 'number',
} as const satisfies Readonly<Record<string, Kind>>;
export type FurtherCriterion = keyof typeof kinds;
export const furtherCriteria = Object.keys(kinds) as readonly FurtherCriterion[]; // its own keys

type Days = { [C in FurtherCriterion]: (typeof kinds)[C] extends 'days' ? C : never }[FurtherCriterion];
/** Field of a query: days are two, from and to. */
export type FurtherField = Exclude<FurtherCriterion, Days> | `${Days}From` | `${Days}To`;

/** What is filled in, as text, in the form of the query's field; codes and levels with commas between. Empty does not restrict. */
export type Further = Readonly<Partial<Record<FurtherField, string>>>;

export function kindOf(criterion: FurtherCriterion): Kind {
  return kinds[criterion];
}

export function isDays(criterion: FurtherCriterion): criterion is Days {
  return kinds[criterion] === 'days';
}

export function isFurther(criterion: string): criterion is FurtherCriterion {
  return criterion in kinds;
}

/** The criteria to show: only what was released once has a release to ask for. */
export function furtherFor(view: Action, further: Further): readonly FurtherCriterion[] {
  const ofRelease: ReadonlySet<FurtherCriterion> = new Set(['released', 'releasedBy', 'runNumber']);
  return furtherCriteria.filter(
    (criterion) => view !== 'release' || !ofRelease.has(criterion) || isSet(criterion, further),
  );
}

export function isSet(criterion: FurtherCriterion, further: Further): boolean {
  return entriesOf(further).some(([field]) => criterionOf(field) === criterion);
}

export function withoutFurther(criterion: FurtherCriterion, further: Further): Further {
  return Object.fromEntries(entriesOf(further).filter(([field]) => criterionOf(field) !== criterion));
}

/** The part of a query that is filled in here. What cannot be read is left to the order book to refuse. */
export function furtherQuery(further: Further): Partial<OrderQuery> {
  // Every text is read as the kind of its field has it.
  return Object.fromEntries(
    entriesOf(further).flatMap(([field, text]) => {
      const value = read(text, field);
      return Array.isArray(value) && value.length === 0 ? [] : [[field, value]];
    }),
  );
}

/** What is to be filled in for a query; undefined for what the pane cannot show: a code with a comma in it. */
export function furtherOf(query: Readonly<Record<string, unknown>>): Further | undefined {
  const fields = Object.entries(query).filter(([field]) => isFurther(criterionOf(field)));
  const texts = fields.map(([field, value]) => [field, written(value)] as const);
  if (texts.some(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(texts); // every text is there
}

/** Only what says something. */
function entriesOf(further: Further): [string, string][] {
  return Object.entries(further).flatMap(([field, text]) =>
    text.trim() === '' ? [] : [[field, text.trim()]],
  );
}

function read(text: string, field: string): unknown {
  const criterion = criterionOf(field);
  const kind = isFurther(criterion) ? kinds[criterion] : undefined;
  if (kind === 'number') return Number(text);
  if (kind === 'flag') return text === 'true';
  if (kind !== 'codes' && kind !== 'levels') return text;
  const parts = text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  return kind === 'levels' ? parts.map(Number) : parts;
}

function written(value: unknown): string | undefined {
  if (!Array.isArray(value)) return String(value);
  const parts = value.map(String);
  return parts.some((part) => part.includes(',')) ? undefined : parts.join(', ');
}
