import type { LoadOfDay } from '../../contract/runs';

export interface CentreLoad {
  readonly workCentre: string;
  readonly name: string;
  /** In the order of the calendar; days without work are left out. */
  readonly days: readonly LoadOfDay[];
}

/** The load by work centre: those with the busiest day first. */
export function loadByCentre(load: readonly LoadOfDay[]): CentreLoad[] {
  const centres = new Map<string, LoadOfDay[]>();
  for (const day of load) {
    const days = centres.get(day.workCentre);
    if (days === undefined) centres.set(day.workCentre, [day]);
    else days.push(day);
  }
  return [...centres]
    .map(([workCentre, days]) => ({ workCentre, name: days[0]?.name ?? '', days }))
    .sort((a, b) => busiest(b.days) - busiest(a.days) || (a.workCentre < b.workCentre ? -1 : 1));
}

/** Operations of the busiest of these days; 0 for none. */
export function busiest(days: readonly LoadOfDay[]): number {
  return days.reduce((most, { going, refused }) => Math.max(most, going + refused), 0);
}
