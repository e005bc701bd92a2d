/** A column of a table: Excel's id, and what its header says. */
export interface NamedColumn {
  readonly id: number | string;
  readonly name: string;
}

/** The column a field had when the workbook was last told. */
export interface KnownColumn {
  readonly id: number | string;
  readonly header: string;
}

/**
 * Where each field's column is now, counted from 0; fields whose column is gone are missing. A column is known by its id, since headers
 * are the planner's to change. Two things outdo it: where columns that were there before, `others` of the planner's included, did nothing but
 * change their headers among themselves, their cells were moved by hand, headers and all; and where an id is gone, a column of the same
 * header that is no other field's is taken.
 */
export function findColumns(
  known: Readonly<Record<string, KnownColumn>>,
  others: readonly KnownColumn[],
  columns: readonly NamedColumn[],
): ReadonlyMap<string, number> {
  const placeOf = new Map(columns.map(({ id }, at) => [id, at]));
  const moved = movedByHand([...Object.values(known), ...others], columns);
  const found = new Map<string, number>();
  for (const [field, { id }] of Object.entries(known)) {
    const at = moved.get(id) ?? placeOf.get(id);
    if (at !== undefined) found.set(field, at);
  }
  const taken = new Set(found.values());
  for (const [field, { header }] of Object.entries(known)) {
    const at = columns.findIndex(({ name }) => name === header);
    if (found.has(field) || at < 0 || taken.has(at)) continue;
    found.set(field, at);
    taken.add(at);
  }
  return found;
}

/** Columns, by id, whose headers went round in a circle, with the place where each one's header is now. */
function movedByHand(
  known: readonly KnownColumn[],
  columns: readonly NamedColumn[],
): ReadonlyMap<KnownColumn['id'], number> {
  const headerOf = new Map(known.map(({ id, header }) => [id, header]));
  const placeOf = new Map(columns.flatMap(({ id, name }, at) => (headerOf.has(id) ? [[name, at]] : [])));
  const next = (id: KnownColumn['id'] | undefined) => {
    const at = id === undefined ? undefined : placeOf.get(headerOf.get(id) ?? '');
    return at === undefined ? undefined : columns[at]?.id;
  };
  const isRound = (id: KnownColumn['id']) => {
    let other = next(id);
    for (let steps = columns.length; other !== undefined && other !== id && steps > 0; steps--)
      other = next(other);
    return other === id;
  };
  return new Map(
    columns.flatMap(({ id }) => {
      const at = placeOf.get(headerOf.get(id) ?? '');
      return at !== undefined && isRound(id) ? [[id, at] as const] : [];
    }),
  );
}
