import { sql, type RawBuilder } from 'kysely';
import { quantity } from '../../../../domain/quantity';
import type { Duration, RoutingOperation, TimeUnit } from '../../../../domain/refresh/master-data';

/** The columns of a duration `name`: `queueTime` as plain decimal text, `queueUnit`. */
export function durationColumns(name: string): RawBuilder<unknown> {
  return sql`${sql.ref(`${name}_time`)}::text as ${sql.ref(`${name}Time`)}, ${sql.ref(`${name}_unit`)} as ${sql.ref(`${name}Unit`)}`;
}

export function durationOf(time: string, unit: TimeUnit): Duration {
  return { time: quantity(time), unit };
}

/** What operations of routings and of orders have in common, as {@link timesColumns} gives it. */
export interface TimesRow {
  readonly setupTime: string;
  readonly setupUnit: TimeUnit;
  readonly runTime: string;
  readonly runUnit: TimeUnit;
  readonly waitTime: string;
  readonly waitUnit: TimeUnit;
  readonly moveTime: string;
  readonly moveUnit: TimeUnit;
  readonly lotSize: string;
  readonly scrap: string;
  readonly fixedScrap: string;
  readonly concurrentCapacities: string;
}

export const timesColumns: RawBuilder<unknown> = sql`
  ${durationColumns('setup')}, ${durationColumns('run')}, ${durationColumns('wait')}, ${durationColumns('move')},
  lot_size::text as "lotSize", scrap::text as scrap, fixed_scrap::text as "fixedScrap",
  concurrent_capacities::text as "concurrentCapacities"`;

type Times = Pick<
  RoutingOperation,
  'setup' | 'run' | 'wait' | 'move' | 'lotSize' | 'scrap' | 'fixedScrap' | 'concurrentCapacities'
>;

/** A row with its durations and quantities as values. */
export function durationsOf<T extends TimesRow>(row: T): Omit<T, keyof Times> & Times {
  return {
    ...row,
    setup: durationOf(row.setupTime, row.setupUnit),
    run: durationOf(row.runTime, row.runUnit),
    wait: durationOf(row.waitTime, row.waitUnit),
    move: durationOf(row.moveTime, row.moveUnit),
    lotSize: quantity(row.lotSize),
    scrap: quantity(row.scrap),
    fixedScrap: quantity(row.fixedScrap),
    concurrentCapacities: quantity(row.concurrentCapacities),
  };
}
