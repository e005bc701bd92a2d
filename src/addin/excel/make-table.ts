import type { Language, TextKey } from '../../language/text';
import type { Column } from '../sync/columns';
import { textsIn } from '../texts';
import { openTable, type OpenTable, type TableSetting } from './open-table';
import { dressTable } from './table-looks';
import { queueSetting, type TableLink } from './workbook-setting';

export interface TablePlan<Field extends string> {
  readonly link: TableSetting;
  readonly sheetName: TextKey;
  readonly tableName: string;
  readonly columns: readonly Column<Field>[];
  readonly needed: readonly Field[];
  readonly frozenColumns: number;
}

/** Opens our table, or makes it on a sheet of its own with one empty row. */
export async function openOrMakeTable<Field extends string>(
  context: Excel.RequestContext,
  plan: TablePlan<Field>,
  language: Language,
): Promise<OpenTable<Field>> {
  const open = await openTable(context, plan.link, plan.needed);
  if (open !== null) {
    rememberColumns(context, plan.link, open);
    return open;
  }
  const sheets = context.workbook.worksheets;
  const tables = context.workbook.tables;
  sheets.load('items/name');
  tables.load('items/name');
  await context.sync();
  const t = textsIn(language);
  const sheet = sheets.add(freeName(t(plan.sheetName), sheets.items, ' '));
  const header = sheet.getRangeByIndexes(0, 0, 1, plan.columns.length);
  header.values = [plan.columns.map((column) => t(column.header))];
  const table = sheet.tables.add(sheet.getRangeByIndexes(0, 0, 2, plan.columns.length), true);
  table.name = freeName(plan.tableName, tables.items, '_');
  table.style = 'TableStyleMedium2';
  dressTable(sheet, plan.columns, plan.frozenColumns, language);
  table.load('id');
  table.columns.load('items/id,items/name');
  await context.sync();
  const link: TableLink = {
    table: table.id,
    columns: Object.fromEntries(
      plan.columns.map(({ field }, at) => {
        const column = table.columns.items[at];
        return [field, { id: column?.id ?? -1, header: column?.name ?? '' }];
      }),
    ),
  };
  queueSetting(context, plan.link, link);
  await context.sync();
  const made = await openTable(context, plan.link, plan.needed);
  if (made === null) throw new Error(`The table ${plan.tableName} is gone as soon as it was made.`);
  return made;
}

/**
 * Lets the workbook remember what our columns are called by now, so that they are found again also where Excel gives them other ids. A
 * column that is gone is known by its id alone from then on, in case Undo brings it back: another one of its name is the planner's own.
 * Queued; written with the next sync.
 */
function rememberColumns<Field extends string>(
  context: Excel.RequestContext,
  setting: TableSetting,
  { link, columns, headers, ids }: OpenTable<Field>,
): void {
  const called = (id: number | string) => ({ id, header: headers[ids.indexOf(id)] ?? '' });
  const known = Object.entries(link.columns).map(([field, { id }]) => {
    // The link was written for a table of this kind, so its keys are fields of it.
    const at = columns.get(field as Field);
    return [field, at === undefined ? { id, header: '' } : called(ids[at] ?? id)] as const;
  });
  const ours = new Set(columns.values());
  const others = ids.filter((_id, at) => !ours.has(at)).map(called);
  const former = JSON.stringify([Object.entries(link.columns), link.others ?? []]);
  if (JSON.stringify([known, others]) === former) return;
  queueSetting(context, setting, { ...link, columns: Object.fromEntries(known), others });
}

/** A name nothing else in the workbook has; Excel compares them without case. */
export function freeName(wanted: string, taken: readonly { readonly name: string }[], joint: string): string {
  const names = new Set(taken.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; names.has(name.toLowerCase()); number++) name = `${wanted}${joint}${number}`;
  return name;
}
