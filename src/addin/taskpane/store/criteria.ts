import type { OrderQuery } from '../../../contract/orders';
import { type Action, statesFor } from '../../../domain/transitions';
import { type Further, furtherOf, furtherQuery } from './further-criteria';

/** The search fields as they are filled in; empty text does not restrict. */
export interface Criteria {
  readonly order: string;
  readonly item: string;
  readonly startFrom: string;
  readonly startTo: string;
  readonly workCentre: readonly string[];
  readonly further: Further;
}

export const noCriteria: Criteria = {
  order: '',
  item: '',
  startFrom: '',
  startTo: '',
  workCentre: [],
  further: {},
};

/** The query of what is filled in, over the orders that the view is for; an unreadable day is left to the order book to refuse. */
export function queryOf(criteria: Criteria, view: Action): OrderQuery {
  const { order, item, startFrom, startTo, workCentre, further } = criteria;
  return {
    state: [...statesFor[view]],
    ...(order.trim() === '' ? {} : { order: order.trim() }),
    ...(item.trim() === '' ? {} : { item: item.trim() }),
    // The order book checks days itself; the branded type only says that a day is meant.
    ...(startFrom === '' ? {} : { startFrom: startFrom as NonNullable<OrderQuery['startFrom']> }),
    ...(startTo === '' ? {} : { startTo: startTo as NonNullable<OrderQuery['startTo']> }),
    ...(workCentre.length === 0 ? {} : { workCentre: [...workCentre] }),
    ...furtherQuery(further),
  };
}

/** The search fields filled in for a query. */
export function criteriaOf(query: OrderQuery): Criteria {
  const { order = '', item = '', startFrom = '', startTo = '', workCentre = [] } = query;
  return { order, item, startFrom, startTo, workCentre, further: furtherOf(query) ?? {} };
}
