import type { Language } from '../../language/text';
import type { Column } from '../sync/columns';
import { textsIn } from '../texts';
import { bodyCells, type OpenTable, openTable } from './open-table';
import type { TablePlan } from './make-table';
import { dressColumn } from './table-looks';
import { queueSetting, type TableLink } from './workbook-setting';

/** A table with the columns it has by now, and the names of those it has no room for. */
export interface WithNewerColumns<Field extends string> {
  readonly open: OpenTable<Field>;
  readonly leftOut: readonly string[];
}

/**
 * Gives a table that an earlier version made the columns it lacks, unless something of the planner's stands where they would go. A column
 * that the planner deleted is one the workbook remembers, and does not come back.
 */
export async function addNewerColumns<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  plan: TablePlan<Field>,
  language: Language,
): Promise<WithNewerColumns<Field>> {
  const newer = newerColumns(open, plan);
  if (newer.length === 0) return { open, leftOut: [] };
  const t = textsIn(language);
  if (!(await hasRoomBeside(context, open, newer.length)))
    return { open, leftOut: newer.map(({ header }) => t(header)) };
  await addColumns(context, open, newer, plan, language);
  return { open: (await openTable(context, plan.link, plan.needed)) ?? open, leftOut: [] };
}

/** Makes room for the newer columns by whole columns of the sheet, so that what stands beside the table stays together, and adds them. */
export async function makeRoomForNewerColumns<Field extends string>(
  context: Excel.RequestContext,
  plan: TablePlan<Field>,
  language: Language,
): Promise<void> {
  const open = await openTable(context, plan.link, plan.needed);
  const newer = open === null ? [] : newerColumns(open, plan);
  if (open === null || newer.length === 0) return;
  // One more stays free: what stands right beside a table becomes a part of it.
  const room = bodyCells(open, -1, 1, open.headers.length, newer.length + 1);
  room.getEntireColumn().insert(Excel.InsertShiftDirection.right);
  await addColumns(context, open, newer, plan, language);
}

function newerColumns<Field extends string>(
  { link }: OpenTable<Field>,
  { columns }: TablePlan<Field>,
): readonly Column<Field>[] {
  return columns.filter(({ field }) => !(field in link.columns));
}

/** Whether columns can be put at the table's end without moving anything that stands beside it. One sync. */
async function hasRoomBeside(
  context: Excel.RequestContext,
  open: OpenTable<string>,
  columns: number,
): Promise<boolean> {
  const beside = bodyCells(open, -1, open.rows + 1, open.headers.length, columns + 1);
  const taken = beside.getUsedRangeOrNullObject(true);
  taken.load('address');
  await context.sync();
  return taken.isNullObject;
}

/**
 * Puts columns of ours, empty, at the table's end: no column of the planner's moves, and beside hidden ones it looks as if they stood before
 * them. The workbook remembers them. Two syncs.
 */
export async function addColumns<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  columns: readonly Column<Field>[],
  { link }: Pick<TablePlan<Field>, 'link'>,
  language: Language,
): Promise<void> {
  const t = textsIn(language);
  const taken = new Set(open.headers.map((header) => header.toLowerCase()));
  const added = columns.map((column) => {
    const header = freeHeader(t(column.header), taken);
    taken.add(header.toLowerCase());
    const made = open.table.columns.add(undefined, undefined, header);
    const whole = made.getRange();
    dressColumn(whole, made.getDataBodyRange(), column, language);
    whole.format.verticalAlignment = Excel.VerticalAlignment.center;
    // It may have come beside a hidden one.
    whole.columnHidden = column.hidden === true;
    made.load('id,name');
    return { field: column.field, made };
  });
  await context.sync();
  const known: TableLink['columns'] = Object.fromEntries(
    added.map(({ field, made }) => [field, { id: made.id, header: made.name }]),
  );
  queueSetting(context, link, { ...open.link, columns: { ...open.link.columns, ...known } });
  await context.sync();
}

function freeHeader(wanted: string, taken: ReadonlySet<string>): string {
  let header = wanted;
  for (let number = 2; taken.has(header.toLowerCase()); number++) header = `${wanted} ${number}`;
  return header;
}
