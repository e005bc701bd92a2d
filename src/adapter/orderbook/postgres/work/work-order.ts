import { sql } from 'kysely';
import type { ReleasePolicy, ReservationPolicy, ShortagePolicy } from '../../../../domain/policy';
import type { CompanyFacts } from '../company-facts';
import type { OrderColumns, StoredOrder } from '../lock-orders';

interface WorkColumns {
  readonly quantity: string;
  /** The stamp of its release; null where it became executive by another road. */
  readonly shortage: ShortagePolicy | null;
  readonly reservation: ReservationPolicy | null;
}
export const workColumns: OrderColumns<WorkColumns> = sql`
  o.quantity::text as quantity, o.shortage_policy as shortage, o.reservation_policy as reservation`;
export type OrderWithWork = StoredOrder & WorkColumns;

/** The order follows the stamp of its release, whatever the company does by now. */
export const policyOf = ({ shortage, reservation }: OrderWithWork, facts: CompanyFacts): ReleasePolicy => ({
  shortage: shortage ?? facts.shortage,
  reservation: reservation ?? facts.reservation,
  picking: facts.picking,
});
