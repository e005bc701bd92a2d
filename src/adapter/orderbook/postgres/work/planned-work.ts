import { sql } from 'kysely';
import type { PlannedWork } from '../../../../contract/runs';
import { quantityText } from '../../../../domain/quantity';
import { rows, texts, type Queries } from '../database';
import type { OrderPlan } from './make-work';

/** Nobody reads through more; what they come to is counted by warehouse. */
const LINES_TOLD = 100;

/** The picking work that a release would make of these plans, the warehouse with most to fetch first. */
export async function plannedWork(
  db: Queries,
  company: string,
  plans: readonly OrderPlan[],
): Promise<PlannedWork> {
  const lines = plans.flatMap(({ order: { key }, plan }) =>
    plan.lines.map(({ need, lot, quantity }) => ({
      ...{ order: key, material: need.line, item: need.item, variant: need.variant, lot, unit: need.unit },
      ...{ quantity: quantityText(quantity), pickFrom: need.pickFrom, putTo: need.putTo },
    })),
  );
  const counts = new Map<string, number>();
  for (const { pickFrom } of lines) counts.set(pickFrom, (counts.get(pickFrom) ?? 0) + 1);
  const named = await rows(
    db,
    sql<{ warehouse: string; name: string }>`
      select warehouse, name from warehouse
       where company_id = ${company} and warehouse = any(${texts([...counts.keys()])}) order by warehouse`,
  );
  return {
    orders: plans.filter(({ plan }) => plan.lines.length > 0).length,
    warehouses: named
      .map(({ warehouse, name }) => ({ warehouse, name, lines: counts.get(warehouse) ?? 0 }))
      .sort((a, b) => b.lines - a.lines),
    lines: lines.slice(0, LINES_TOLD),
    moreLines: Math.max(lines.length - LINES_TOLD, 0),
  };
}
