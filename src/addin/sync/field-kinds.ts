/** What the value of a changed field is, which comes as text. */
export type FieldKind = 'quantity' | 'day' | 'moment' | 'flag' | 'unit' | 'text';

const kinds: Readonly<Record<string, FieldKind>> = {
  ...kindOf('moment', ['startsAt', 'endsAt', 'usageAt']),
  ...kindOf('day', ['dueOn', 'usageOn']),
  ...kindOf('flag', ['fixed', 'productive', 'movable']),
  ...kindOf('unit', ['setupUnit', 'runUnit', 'waitUnit', 'moveUnit']),
  // Names, not numbers, even where they look like some.
  ...kindOf('text', ['unit', 'bom', 'bomVersion', 'routing', 'routingVersion', 'lot', 'warehouse', 'reason']),
  ...kindOf('text', ['workCentre', 'machine', 'description', 'routingLink', 'nextOperations', 'operation']),
};

export function fieldKind(field: string): FieldKind {
  return kinds[field] ?? 'quantity';
}

function kindOf(kind: FieldKind, fields: readonly string[]): Record<string, FieldKind> {
  return Object.fromEntries(fields.map((field) => [field, kind]));
}
