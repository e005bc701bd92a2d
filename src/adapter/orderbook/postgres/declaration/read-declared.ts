import { sql } from 'kysely';
import type { DeclarableOperation } from '../../../../domain/declaration/declaration';
import { declaredOrder, type DeclaredOrder } from '../../../../domain/declaration/operations';
import type { ShortagePolicy } from '../../../../domain/policy';
import { quantity } from '../../../../domain/quantity';
import { FIRST_LINE } from '../../../../domain/refresh/guards';
import { rows, type Queries } from '../database';
import type { OrderColumns, StoredOrder } from '../lock-orders';

interface DeclarationRow {
  readonly number: number;
  readonly operation: number | null;
  readonly quantity: string;
  readonly scrap: string;
  readonly closing: boolean;
  readonly registered: boolean;
  readonly cause: number | null;
}

interface DeclarableColumns {
  readonly unit: string;
  /** The stamp of its release; null where it became executive by another road. */
  readonly shortage: ShortagePolicy | null;
}
export const declarableColumns: OrderColumns<DeclarableColumns> = sql`o.unit, o.shortage_policy as shortage`;
export type DeclarableOrder = StoredOrder & DeclarableColumns;

/** All that is declared on an order. Lasts as long as the order's lock: every declaring writer takes it first. */
export async function readDeclared(
  db: Queries,
  company: string,
  order: DeclarableOrder,
): Promise<DeclaredOrder> {
  const operations = await rows(
    db,
    sql<DeclarableOperation>`
      select operation, productive, movable from order_operation
       where company_id = ${company} and order_id = ${order.id}::uuid and order_line = ${FIRST_LINE}::int`,
  );
  const declarations = await rows(
    db,
    sql<DeclarationRow>`
      select number, operation, trim_scale(quantity)::text as quantity, trim_scale(scrap)::text as scrap, closing,
             registered_at is not null as registered, cause
        from declaration where company_id = ${company} and order_id = ${order.id}::uuid order by number`,
  );
  return declaredOrder(
    order,
    order.unit,
    operations,
    declarations.map((row) => ({ ...row, quantity: quantity(row.quantity), scrap: quantity(row.scrap) })),
  );
}
