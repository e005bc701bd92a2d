/** What the warehouse is asked for: to fetch something for an order, or to put something of it away. */
export const requestKinds = ['pick', 'putAway'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** What a request is for: materials of the order, or what it makes. */
export const requestSources = ['materials', 'output'] as const;

const pickupTypes = ['automatic', 'with_list', 'manual'] as const;
const consumptionHandlings = ['none', 'pick_optional', 'pick_mandatory', 'inventory_pick'] as const;
const signs = ['needed', 'yielded'] as const;

/** All that decides whether a material of an executive order makes a request; the names are those of the order book's columns. */
export interface RequestedMaterial {
  /** Of the item. */
  readonly pickup: (typeof pickupTypes)[number];
  /** Of the warehouse it is withdrawn from. */
  readonly handling: (typeof consumptionHandlings)[number];
  /** A line of less than zero is what the order yields beside its output. */
  readonly sign: (typeof signs)[number];
}

export interface RequestRule extends RequestedMaterial {
  readonly kind: RequestKind;
}

/**
 * What a material of an executive order asks of its warehouse; null for nothing. Only what is picked by list: automatic materials are
 * withdrawn by the release already, manual ones where they lie, when production is declared. A warehouse with picks of its own fetches, and
 * takes nothing back; one with inventory picks does both. Source: Business Central, warehouse handling of consumption.
 */
export function requestOf({ pickup, handling, sign }: RequestedMaterial): RequestKind | null {
  if (pickup !== 'with_list' || handling === 'none') return null;
  if (sign === 'needed') return 'pick';
  return handling === 'inventory_pick' ? 'putAway' : null;
}

/** {@link requestOf} for whatever makes a request, as a list that can be joined with thousands of materials at once. */
export const requestRules: readonly RequestRule[] = pickupTypes.flatMap((pickup) =>
  consumptionHandlings.flatMap((handling) =>
    signs.flatMap((sign) => {
      const kind = requestOf({ pickup, handling, sign });
      return kind === null ? [] : [{ pickup, handling, sign, kind }];
    }),
  ),
);
