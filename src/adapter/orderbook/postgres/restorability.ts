import { sql } from 'kysely';
import type { Restorability } from '../../../contract/orders';
import type { Instant } from '../../../domain/calendar';
import type { DeclarableOperation } from '../../../domain/declaration/declaration';
import { nextStepBack } from '../../../domain/declaration/next-step-back';
import { declaredOrder } from '../../../domain/declaration/operations';
import { groupBy } from '../../../domain/group-by';
import type { OrderKey } from '../../../domain/order';
import { quantity } from '../../../domain/quantity';
import { FIRST_LINE } from '../../../domain/refresh/guards';
import { rows, uuids, type Queries } from './database';
import { declarableColumns, type DeclarableOrder } from './declaration/read-declared';
import { readHeaders } from './lock-orders';
import { judgeRestore } from './restore';

interface OfOrder {
  readonly id: string;
}

interface DeclarationRow extends OfOrder {
  readonly number: number;
  readonly operation: number | null;
  readonly quantity: string;
  readonly scrap: string;
  readonly closing: boolean;
  readonly cause: number | null;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly registeredAt: Instant | null;
  readonly registeredBy: string | null;
}

/**
 * What a restore of these orders would say now, by the very rules of the restore, and for those that were declared on the step that
 * leads there. Unknown orders are left out.
 */
export async function restorabilities(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
): Promise<ReadonlyMap<OrderKey, Restorability>> {
  const asked = keys.map((key) => ({ key, version: 0 }));
  const orders = await readHeaders(db, company, asked, declarableColumns);
  // As if each was marked as it is now: whoever asks has not marked it yet.
  const marked = [...orders.values()].map(({ key, version }) => ({ key, version }));
  const { decisions } = await judgeRestore(db, company, marked, orders);
  const declarations = groupBy(await declarationsOf(db, company, orders), ({ id }) => id);
  const operations = groupBy(await operationsOf(db, company, [...declarations.keys()]), ({ id }) => id);
  return new Map(
    decisions.map(({ key, refusals, warnings }) => {
      const order = orders.get(key);
      const declared = declarations.get(order?.id ?? '') ?? [];
      return [
        key,
        {
          refusals: [...refusals],
          warnings: [...warnings],
          next: order ? stepOf(order, operations.get(order.id) ?? [], declared) : null,
          lastDeclaration: lastOf(declared),
        },
      ];
    }),
  );
}

function stepOf(
  order: DeclarableOrder,
  operations: readonly DeclarableOperation[],
  declared: readonly DeclarationRow[],
): Restorability['next'] {
  const step = nextStepBack(
    declaredOrder(
      order,
      order.unit,
      operations,
      declared.map((row) => ({
        ...row,
        quantity: quantity(row.quantity),
        scrap: quantity(row.scrap),
        registered: row.registeredAt !== null,
      })),
    ),
  );
  return step && { step: step.step, declaration: step.number };
}

/** The newest declaration with what was last done with it. */
function lastOf(declared: readonly DeclarationRow[]): Restorability['lastDeclaration'] {
  const last = declared.at(-1);
  if (last === undefined) return null;
  const { number, operation, openedAt, openedBy, registeredAt, registeredBy } = last;
  const registered = registeredAt !== null;
  return {
    ...{ number, operation, registered },
    at: registeredAt ?? openedAt,
    by: registeredBy ?? openedBy,
  };
}

function declarationsOf(db: Queries, company: string, orders: ReadonlyMap<OrderKey, DeclarableOrder>) {
  const ids = [...orders.values()].map(({ id }) => id);
  return rows(
    db,
    sql<DeclarationRow>`
      select order_id as id, number, operation, quantity::text as quantity, scrap::text as scrap, closing, cause,
             opened_at as "openedAt", opened_by as "openedBy", registered_at as "registeredAt", registered_by as "registeredBy"
        from declaration where company_id = ${company} and order_id = any(${uuids(ids)})
       order by order_id, number`,
  );
}

function operationsOf(db: Queries, company: string, ids: readonly string[]) {
  return rows(
    db,
    sql<DeclarableOperation & OfOrder>`
      select order_id as id, operation, productive, movable
        from order_operation
       where company_id = ${company} and order_id = any(${uuids(ids)}) and order_line = ${FIRST_LINE}::int`,
  );
}
