import { sql, type Kysely } from 'kysely';

/** Numbers of declarations that are never given twice; usage days that every material line has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [declarations, usageDays]) await sql.raw(statement).execute(db);
}

const declarations = `
  alter table production_order
    -- The highest number a declaration of the order ever had, were it deleted since.
    add column last_declaration integer not null default 0;
  -- Until now a number was one more than the highest there was: those that were deleted lie at most as far above as there were deletions.
  update production_order o
     set last_declaration = d.last
    from (select company_id, order_id, sum(last)::int as last
            from (select company_id, order_id, max(number) as last from declaration group by company_id, order_id
                  union all
                  select company_id, order_id, count(*) from audit_event where event = 'delete declaration'
                   group by company_id, order_id) p
           group by company_id, order_id) d
   where o.company_id = d.company_id and o.order_id = d.order_id;
`;

const usageDays = `
  update order_material m
     set usage_on = o.start_on
    from production_order o
   where m.usage_on is null and o.company_id = m.company_id and o.order_id = m.order_id;
  alter table order_material alter column usage_on set not null;
`;
