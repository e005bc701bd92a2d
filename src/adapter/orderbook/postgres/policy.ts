import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { CompanyPolicy } from '../../../contract/work';
import {
  isSamePolicy,
  type PolicyInForce,
  presetOf,
  refusalsOfPolicyChange,
  type ReleasePolicy,
} from '../../../domain/policy';
import type { Moment, PolicyChange } from '../order-book';
import { rows, transaction, execute, type Database, type Queries, type Tx } from './database';

/** What holds for releases of a company from now on, and who said so last. */
export async function policyOf(db: Queries, company: string): Promise<CompanyPolicy> {
  const [found] = await rows(
    db,
    sql<PolicyInForce>`
      select c.shortage_policy as shortage, c.reservation_policy as reservation, c.picking_policy as picking,
             (select count(*)::int from policy_change n where n.company_id = c.company_id) as version,
             p.changed_at as "changedAt", p.changed_by as "changedBy"
        from company c
        left join lateral (
             select changed_at, changed_by from policy_change p
              where p.company_id = c.company_id order by change_id desc limit 1) p on true
       where c.company_id = ${company}`,
  );
  if (!found) throw new RangeError(`Unknown company: ${company}`);
  return { ...found, preset: presetOf(found) };
}

/**
 * Changes the policies of a company, keeping what they were, when and by whom. A release under way goes by those that came with its claim,
 * and its orders are stamped with them. What is so already is no change.
 */
export async function setPolicy(
  db: Database,
  moment: Moment,
  wanted: ReleasePolicy,
  readAt: number,
): Promise<PolicyChange> {
  return transaction(db, async (tx) => {
    const { company } = moment;
    // Whoever changes them waits here for whoever was first, and sees what those made of them by the next statement.
    await execute(tx, sql`select from company where company_id = ${company} for no key update`);
    const current = await policyOf(tx, company);
    const refusals = refusalsOfPolicyChange(wanted, readAt, current);
    if (refusals.length > 0 || isSamePolicy(wanted, current)) return { refusals, policy: current };
    await change(tx, moment, wanted);
    return { refusals, policy: await policyOf(tx, company) };
  });
}

async function change(
  tx: Tx,
  { company, at, actor }: Moment,
  { shortage, reservation, picking }: ReleasePolicy,
): Promise<void> {
  await execute(
    tx,
    sql`
      with kept as (
        insert into policy_change (company_id, change_id, shortage_from, reservation_from, picking_from, shortage_to, reservation_to,
                                   picking_to, changed_at, changed_by)
        select company_id, ${uuidv7()}::uuid, shortage_policy, reservation_policy, picking_policy, ${shortage}, ${reservation},
               ${picking}, ${at}::timestamptz, ${actor}
          from company where company_id = ${company})
      update company set shortage_policy = ${shortage}, reservation_policy = ${reservation}, picking_policy = ${picking}
       where company_id = ${company}`,
  );
}
