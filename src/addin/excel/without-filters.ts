import type { OpenTable } from './open-table';

/**
 * Does `job` while the table shows all its rows, then puts the planner's filters back, also when the job failed. Answers
 * with the headers of columns whose filter Excel would not take back.
 */
export async function withoutFilters(
  context: Excel.RequestContext,
  open: OpenTable<string>,
  job: () => Promise<void>,
): Promise<string[]> {
  const { autoFilter } = open.table;
  autoFilter.load('criteria,isDataFiltered');
  await context.sync();
  if (!autoFilter.isDataFiltered) {
    await job();
    return [];
  }
  const saved = autoFilter.criteria.flatMap((criteria, at) => (isSet(criteria) ? [{ at, criteria }] : []));
  open.table.clearFilters();
  await context.sync();
  try {
    await job();
  } finally {
    for (const { at, criteria } of saved) open.table.columns.getItemAt(at).filter.apply(criteria);
    // What cannot be put back is found out below, one by one.
    await context.sync().catch(() => {});
  }
  return filtersLost(context, open, saved);
}

interface SavedFilter {
  readonly at: number;
  readonly criteria: Excel.FilterCriteria;
}

function isSet(criteria: Excel.FilterCriteria | null | undefined): boolean {
  return criteria?.filterOn !== undefined && criteria.filterOn !== null;
}

async function filtersLost(
  context: Excel.RequestContext,
  open: OpenTable<string>,
  saved: readonly SavedFilter[],
): Promise<string[]> {
  const { autoFilter } = open.table;
  autoFilter.load('criteria');
  const read = await context.sync().then(
    () => true,
    () => false,
  );
  const lost = saved.filter(({ at }) => !read || !isSet(autoFilter.criteria[at]));
  return lost.map(({ at }) => open.headers[at] ?? '');
}
