import type { OpenTable } from './open-table';
import { clearSetting, filtersTakenOff, queueSetting, readSetting } from './workbook-setting';

/** Takes off what the planner filtered meanwhile, too. */
export type TakeOffFilters = () => Promise<void>;

/**
 * Does `job` while the table shows all its rows, then puts the planner's filters back, also when the job failed. Answers
 * with the headers of columns whose filter Excel would not take back.
 *
 * Invariant: filters are in the workbook's settings before they are taken off, and until they are back. A pane that dies in
 * between leaves them there, and they come back with the next job or the next start.
 */
export async function withoutFilters(
  context: Excel.RequestContext,
  open: OpenTable<string>,
  job: (takeOff: TakeOffFilters) => Promise<void>,
): Promise<string[]> {
  const takeOff = () => takeOffFilters(context, open);
  await takeOff();
  let lost: string[] = [];
  try {
    await job(takeOff);
  } finally {
    lost = await putFiltersBack(context, open);
  }
  return lost;
}

async function takeOffFilters(context: Excel.RequestContext, open: OpenTable<string>): Promise<void> {
  const { autoFilter, columns } = open.table;
  const setting = filtersTakenOff(open.table.id);
  autoFilter.load('criteria,isDataFiltered');
  columns.load('items/name');
  const former = (await readSetting(context, setting)) ?? {};
  if (!autoFilter.isDataFiltered) return;
  const set = autoFilter.criteria.flatMap((criteria, at) => {
    const header = columns.items[at]?.name;
    return isSet(criteria) && header !== undefined ? [[header, { ...criteria }] as const] : [];
  });
  queueSetting(context, setting, { ...former, ...Object.fromEntries(set) });
  open.table.clearFilters();
  await context.sync();
}

/** Puts back what was taken off this table, if anything was; answers with the headers of columns where Excel would not. */
export async function putFiltersBack(
  context: Excel.RequestContext,
  open: OpenTable<string>,
): Promise<string[]> {
  const { autoFilter, columns } = open.table;
  const setting = filtersTakenOff(open.table.id);
  autoFilter.load('criteria');
  columns.load('items/name');
  const saved = await readSetting(context, setting);
  if (saved === null) return [];
  const headers = columns.items.map(({ name }) => name);
  for (const [header, criteria] of Object.entries(saved)) {
    const at = headers.indexOf(header);
    // What the planner filters by since then is newer.
    if (at < 0 || isSet(autoFilter.criteria[at])) continue;
    // They were saved as Excel gave them.
    columns.getItemAt(at).filter.apply(criteria as unknown as Excel.FilterCriteria);
  }
  // What cannot be put back is found out below, one by one.
  await context.sync().catch(() => {});
  const lost = await filtersLost(context, open, headers, Object.keys(saved));
  await clearSetting(context, setting);
  return lost;
}

function isSet(criteria: Excel.FilterCriteria | null | undefined): boolean {
  return criteria?.filterOn !== undefined && criteria.filterOn !== null;
}

async function filtersLost(
  context: Excel.RequestContext,
  open: OpenTable<string>,
  headers: readonly string[],
  saved: readonly string[],
): Promise<string[]> {
  const { autoFilter } = open.table;
  autoFilter.load('criteria');
  const read = await context.sync().then(
    () => true,
    () => false,
  );
  return saved.filter((header) => !read || !isSet(autoFilter.criteria[headers.indexOf(header)]));
}
