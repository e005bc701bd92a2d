import type { PlantFile, RowOf } from '../src/adapter/orderbook/import-format';
import { quantity, type Quantity } from '../src/domain/quantity';
import { groupBy } from './group-by';
import type { PlantRows } from './plant-files';

/** A material that an order needs: quantities in the item's base unit. */
export interface Need {
  readonly item: string;
  readonly unit: string;
  readonly per: Quantity;
  readonly fixed: boolean;
  readonly total: Quantity;
  readonly routingLink: string;
}

export interface Step {
  readonly operation: number;
  readonly workCentre: string;
  readonly machine: string;
  readonly description: string;
  readonly setupMinutes: number;
  readonly runMinutesPerPiece: number;
  readonly routingLink: string;
  readonly productive: boolean;
  readonly movable: boolean;
}

export interface Made {
  readonly item: string;
  readonly unit: string;
  readonly bom: string;
  readonly routing: string;
}

/** What the plant's master data say about making an item. */
export interface Methods {
  /** Throws where there is no such item. */
  item(code: string): Made & { readonly automatic: boolean };
  /** The lines of a certified bill for so many pieces, phantoms exploded. */
  needs(bom: string, pieces: Quantity): readonly Need[];
  /** The operations of a certified routing, in sequence. Throws unless they follow one another and count in minutes. */
  steps(routing: string): readonly Step[];
}

/** Business Central allows as many levels of phantoms. */
const MOST_LEVELS = 50;

/** Reads one field of a row in the import format as text. */
export function textOf<F extends PlantFile>(row: RowOf<F>, column: keyof RowOf<F>): string {
  return String(row[column] ?? '');
}

export function methodsOf(plant: PlantRows): Methods {
  const items = new Map((plant.items ?? []).map((row) => [textOf(row, 'item'), row]));
  const factors = new Map(
    (plant.item_units ?? []).map((row) => [
      `${textOf(row, 'item')} ${textOf(row, 'unit')}`,
      quantity(textOf(row, 'factor')),
    ]),
  );
  const original = <F extends 'bom_lines' | 'routing_operations'>(row: RowOf<F>) => row.version === '';
  const linesOf = groupBy((plant.bom_lines ?? []).filter(original<'bom_lines'>), (row) => textOf(row, 'bom'));
  const operationsOf = groupBy(
    (plant.routing_operations ?? []).filter(original<'routing_operations'>),
    (row) => textOf(row, 'routing'),
  );
  const found = (code: string): RowOf<'items'> => {
    const row = items.get(code);
    if (row === undefined) throw new Error(`Unknown item: ${code}.`);
    return row;
  };

  /** `each`: pieces of this bill in one piece of the order. */
  const explode = (bom: string, pieces: Quantity, each: Quantity, level: number): Need[] => {
    if (level > MOST_LEVELS) throw new Error(`Bill ${bom} contains itself.`);
    return (linesOf.get(bom) ?? []).flatMap((line) => {
      const component = textOf(line, 'component');
      const withScrap = quantity(textOf(line, 'scrap')).div(100).plus(1);
      const per = quantity(textOf(line, 'quantity')).times(each);
      if (line.kind === 'phantom') return explode(component, pieces, per.times(withScrap), level + 1);
      return [needOf(line, component, per, withScrap, pieces)];
    });
  };
  const needOf = (
    line: RowOf<'bom_lines'>,
    component: string,
    perInUnit: Quantity,
    withScrap: Quantity,
    pieces: Quantity,
  ): Need => {
    const item = found(component);
    const unit = textOf(item, 'unit');
    const factor = factors.get(`${component} ${textOf(line, 'unit')}`) ?? quantity('1');
    const fixed = line.formula === 'fixed';
    const per = perInUnit.times(factor);
    const needed = fixed ? per : per.times(pieces).times(withScrap);
    const rounding = quantity(textOf(item, 'rounding'));
    const total = needed.div(rounding).ceil().times(rounding);
    return { item: component, unit, per, fixed, total, routingLink: textOf(line, 'routing_link') };
  };

  return {
    item: (code) => {
      const row = found(code);
      const automatic = row.pickup_type === 'automatic';
      return {
        item: code,
        unit: textOf(row, 'unit'),
        bom: textOf(row, 'bom'),
        routing: textOf(row, 'routing'),
        automatic,
      };
    },
    needs: (bom, pieces) => explode(bom, pieces, quantity('1'), 1),
    steps: (routing) => (operationsOf.get(routing) ?? []).map(stepOf),
  };
}

function stepOf(
  row: RowOf<'routing_operations'>,
  at: number,
  all: readonly RowOf<'routing_operations'>[],
): Step {
  const next = textOf(row, 'next');
  const following = all[at + 1];
  if (next !== (following === undefined ? '' : textOf(following, 'operation'))) {
    throw new Error(`Operations of ${textOf(row, 'routing')} do not follow one another.`);
  }
  if (textOf(row, 'setup_unit') !== 'minutes' || textOf(row, 'run_unit') !== 'minutes') {
    throw new Error(`Times of ${textOf(row, 'routing')} are not in minutes.`);
  }
  return {
    operation: Number(row.operation),
    workCentre: textOf(row, 'work_centre'),
    machine: textOf(row, 'machine'),
    description: textOf(row, 'description'),
    setupMinutes: Number(row.setup_time),
    runMinutesPerPiece: Number(row.run_time) / Number(row.lot_size) / Number(row.concurrent_capacities),
    routingLink: textOf(row, 'routing_link'),
    productive: String(row.productive) === 'true',
    movable: String(row.movable) === 'true',
  };
}
