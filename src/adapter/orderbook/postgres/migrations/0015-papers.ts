import { sql, type Kysely } from 'kysely';

/** Definitive papers of orders: numbered, printed once or several times, voided by a restore. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [papers, outcomes]) await sql.raw(statement).execute(db);
}

const papers = `
  -- The last number given to a paper. Numbers are never given twice.
  create table paper_counter (
    company_id text collate "C" primary key references company,
    last_paper integer not null
  );
  create table paper (
    company_id text collate "C" not null,
    number integer not null,
    order_id uuid not null,
    kind text not null check (kind in ('jobCard', 'routeJobs', 'routeCard')),
    -- How often it was printed; 1 is the original.
    copies integer not null,
    printed_at timestamptz not null,
    printed_by text not null,
    -- Whoever restores the order voids its papers.
    voided_at timestamptz,
    voided_by text,
    voided_run uuid,
    primary key (company_id, number),
    foreign key (company_id, order_id) references production_order
  );
  -- An order has one of a kind at a time: printed again, it keeps its number.
  create unique index paper_in_use on paper (company_id, order_id, kind) where voided_at is null;
  -- What each run printed.
  create table paper_print (
    company_id text collate "C" not null,
    run_id uuid not null,
    number integer not null,
    copy integer not null,
    primary key (company_id, run_id, number),
    unique (company_id, number, copy),
    foreign key (company_id, number) references paper
  );
`;

/** Whatever results there are, and one more. */
const outcomes = `
  do $$
  declare
    definition text;
  begin
    select pg_get_constraintdef(oid) into strict definition from pg_constraint
     where conrelid = 'outcome'::regclass and conname = 'outcome_result_check';
    alter table outcome drop constraint outcome_result_check;
    execute 'alter table outcome add constraint outcome_result_check '
         || replace(definition, '''failed''', '''printed''::text, ''failed''');
  end $$;
`;
