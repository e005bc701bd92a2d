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
 * are the planner's to change. Two things outdo it: where columns of ours have nothing but changed their headers among themselves, their
 * cells were moved by hand, headers and all; and where an id is gone, a column of the same header that is no other field's is taken.
 */
export function findColumns(
  known: Readonly<Record<string, KnownColumn>>,
  columns: readonly NamedColumn[],
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const fieldOf = new Map(Object.entries(known).map(([field, { id }]) => [id, field]));
  columns.forEach(({ id }, at) => {
    const field = fieldOf.get(id);
    if (field !== undefined) found.set(field, at);
  });
  for (const [field, at] of changedAmongThemselves(known, columns, found)) found.set(field, at);
  const taken = new Set(found.values());
  for (const [field, { header }] of Object.entries(known)) {
    const at = columns.findIndex(({ name }) => name === header);
    if (found.has(field) || at < 0 || taken.has(at)) continue;
    found.set(field, at);
    taken.add(at);
  }
  return found;
}

/** Fields whose headers went round in a circle among their columns, with the column that has each one's header now. */
function changedAmongThemselves(
  known: Readonly<Record<string, KnownColumn>>,
  columns: readonly NamedColumn[],
  byId: ReadonlyMap<string, number>,
): [string, number][] {
  const ownerOf = new Map([...byId].map(([field, at]) => [columns[at]?.name, field]));
  const next = (field: string) => ownerOf.get(known[field]?.header);
  return [...byId.keys()].flatMap((field) => {
    const taken = next(field);
    let other = taken;
    for (let steps = byId.size; other !== undefined && other !== field && steps > 0; steps--)
      other = next(other);
    return taken !== undefined && other === field ? [[field, byId.get(taken) ?? 0]] : [];
  });
}
