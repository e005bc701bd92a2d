import type { CalendarDate, Instant } from '../calendar';
import { quantityText, type Quantity } from '../quantity';
import type { WantedOrder } from './candidate';
import { startOfDay, type PlantHours } from './plant';

/** What the planner asks of an order beside its refresh; what is left out stays. */
export interface Wish {
  readonly quantity?: Quantity | undefined;
  readonly due?: CalendarDate | undefined;
  /** The day from whose beginning forward scheduling goes. */
  readonly start?: CalendarDate | undefined;
}

/** What an order wants to be as long as nobody wishes otherwise: its header. */
export interface StandingOrder extends Omit<WantedOrder, 'changes'> {
  readonly startsOn: CalendarDate;
}

/** A wish that differs from the order, with its values as wire text. */
export interface WishedChange {
  readonly field: keyof Wish;
  readonly before: string;
  readonly after: string;
}

/**
 * What an order is refreshed to. A wish that says what the order has already is no change: whoever asks may say of every order what they
 * see of it, without knowing what was changed.
 */
export function wantedOrder(order: StandingOrder, wish: Wish, hours: PlantHours): WantedOrder {
  const { item, variant, unit, startsAt, startsOn } = order;
  // The day it starts on already: the order keeps its time of that day.
  const start = wish.start === startsOn ? undefined : wish.start;
  return {
    ...{ item, variant, unit, quantity: wish.quantity ?? order.quantity, dueOn: wish.due ?? order.dueOn },
    startsAt: startOf(hours, start) ?? startsAt ?? startOf(hours, startsOn),
    changes: wishedChanges(order, wish),
  };
}

function startOf(hours: PlantHours, day: CalendarDate | undefined): Instant | null {
  return day === undefined ? null : startOfDay(hours, day);
}

function wishedChanges(order: StandingOrder, { quantity, due, start }: Wish): WishedChange[] {
  const changes: WishedChange[] = [];
  if (quantity !== undefined && !quantity.eq(order.quantity))
    changes.push({ field: 'quantity', before: quantityText(order.quantity), after: quantityText(quantity) });
  if (due !== undefined && due !== order.dueOn)
    changes.push({ field: 'due', before: order.dueOn ?? '', after: due });
  if (start !== undefined && start !== order.startsOn)
    changes.push({ field: 'start', before: order.startsOn, after: start });
  return changes;
}
