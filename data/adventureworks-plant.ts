import {
  categoryOf,
  homeLocation,
  isStore,
  ISSUE,
  locationCode,
  pickupType,
  RECEIPT,
  sectionOf,
  SITE,
  type PickupType,
  type Section,
  type StockByLocation,
} from './adventureworks-rules';
import type { Source, SourceBomLine, SourceProduct } from './adventureworks-source';
import { groupBy } from './group-by';
import type { PlantFile, RowOf } from '../src/adapter/orderbook/import-format';

type MasterFile =
  | 'sites'
  | 'work_centres'
  | 'warehouses'
  | 'reasons'
  | 'withdrawal_defaults'
  | 'deposit_defaults'
  | 'items'
  | 'stock'
  | 'boms'
  | 'bom_lines';

export interface Item {
  readonly product: SourceProduct;
  readonly unit: string;
  readonly stock: StockByLocation;
  readonly usedInBom: boolean;
  readonly pickup: PickupType;
  /** Empty if the item lies nowhere: the withdrawal defaults decide. */
  readonly warehouse: string;
}

export interface Bom {
  readonly lines: readonly SourceBomLine[];
  /** Line number of a bill line: 10, 20, 30 ... over all lines of the bill, valid or not. */
  readonly numberOf: ReadonlyMap<SourceBomLine, number>;
}

export interface Plant {
  /** By product id of the source. */
  readonly items: ReadonlyMap<string, Item>;
  readonly boms: ReadonlyMap<string, Bom>;
  readonly defaultWarehouse: Readonly<Record<Section, string>>;
  readonly rows: { readonly [F in MasterFile & PlantFile]: readonly RowOf<F>[] };
}

/** A value that must be there because the source refers to it. */
export function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The source refers to ${String(key)}, which it does not contain.`);
  return value;
}

/** Everything that does not depend on orders. */
export function masterData(source: Source): Plant {
  const boms = bomsByAssembly(source);
  const items = itemsById(source);
  const defaultWarehouse = defaultWarehouses(items);
  return {
    items,
    boms,
    defaultWarehouse,
    rows: {
      sites: [{ site: SITE, name: 'AdventureWorks Cycles' }],
      work_centres: workCentreRows(source),
      warehouses: warehouseRows(source),
      reasons: reasonRows(source),
      withdrawal_defaults: [
        { section: 'raw_material', warehouse: defaultWarehouse.raw_material, reason: ISSUE },
        { section: 'unfinished', warehouse: defaultWarehouse.unfinished, reason: ISSUE },
      ],
      deposit_defaults: [
        { section: 'finished', warehouse: finishedGoods(items), reason: RECEIPT },
        { section: 'unfinished', warehouse: defaultWarehouse.unfinished, reason: RECEIPT },
      ],
      items: itemRows(items, boms),
      stock: stockRows(source, items),
      boms: bomRows(items, boms),
      bom_lines: bomLineRows(items, boms),
    },
  };
}

function bomsByAssembly(source: Source): ReadonlyMap<string, Bom> {
  // Lines without assembly mark finished goods at level 0; they name no parent and are no bill.
  const lines = source.bomLines.filter((line) => line.assembly !== '').sort((a, b) => a.id - b.id);
  const byAssembly = groupBy(lines, (line) => line.assembly);
  return new Map(
    [...byAssembly].map(([assembly, own]) => [
      assembly,
      { lines: own, numberOf: new Map(own.map((line, index) => [line, (index + 1) * 10])) },
    ]),
  );
}

function itemsById(source: Source): ReadonlyMap<string, Item> {
  const units = unitOfComponents(source);
  const stock = groupBy(source.inventory, (row) => row.product);
  return new Map(
    source.products.map((product) => {
      const byLocation = new Map((stock.get(product.id) ?? []).map((row) => [row.location, row.quantity]));
      const unit = units.get(product.id) ?? 'EA';
      const home = homeLocation(byLocation);
      const pickup = pickupType({
        usedInBom: units.has(product.id),
        unit,
        subcategory: product.subcategory,
        stock: byLocation,
      });
      return [
        product.id,
        {
          product,
          unit,
          stock: byLocation,
          usedInBom: units.has(product.id),
          pickup,
          warehouse: home === undefined ? '' : locationCode(home),
        },
      ];
    }),
  );
}

/** The unit of a component is the one its bills use. Error: two bills use different ones. */
function unitOfComponents(source: Source): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const line of source.bomLines.filter((candidate) => candidate.assembly !== '')) {
    const other = units.get(line.component);
    if (other !== undefined && other !== line.unit)
      throw new Error(`Component ${line.component} is used in ${other} and in ${line.unit}.`);
    units.set(line.component, line.unit);
  }
  return units;
}

/** For items that lie nowhere: the warehouse where most other items of their section lie. */
function defaultWarehouses(items: ReadonlyMap<string, Item>): Record<Section, string> {
  const mostUsed = (section: Section): string =>
    whereMostLie(items, (item) => sectionOf(item.product) === section && item.pickup !== 'manual');
  return { raw_material: mostUsed('raw_material'), unfinished: mostUsed('unfinished') };
}

/** The warehouse where most of the products lie that are made and go into nothing else. */
const finishedGoods = (items: ReadonlyMap<string, Item>): string =>
  whereMostLie(items, ({ product, usedInBom }) => product.made && !usedInBom);

/** The warehouse where most of these items lie; on a tie the lower code. */
function whereMostLie(items: ReadonlyMap<string, Item>, which: (item: Item) => boolean): string {
  const placed = [...items.values()].filter((item) => item.warehouse !== '' && which(item));
  const byWarehouse = [...groupBy(placed, (item) => item.warehouse)];
  byWarehouse.sort(([a, atA], [b, atB]) => atB.length - atA.length || a.localeCompare(b));
  return byWarehouse[0]?.[0] ?? '';
}

function workCentreRows(source: Source): RowOf<'work_centres'>[] {
  return source.locations
    .filter((location) => !isStore(location.id))
    .map((location) => ({ work_centre: locationCode(location.id), name: location.name, site: SITE }));
}

/** Every location holds stock in the source, so every one is a warehouse, the work locations too. */
function warehouseRows(source: Source): RowOf<'warehouses'>[] {
  return source.locations.map((location) => ({
    warehouse: locationCode(location.id),
    name: location.name,
    site: SITE,
    negative_stock: false,
  }));
}

function reasonRows(source: Source): RowOf<'reasons'>[] {
  return source.locations.flatMap(({ id }) => [
    {
      warehouse: locationCode(id),
      reason: ISSUE,
      name: 'Issue to production',
      direction: 'unload',
      production: true,
    },
    {
      warehouse: locationCode(id),
      reason: RECEIPT,
      name: 'Receipt from production',
      direction: 'load',
      production: true,
    },
  ]);
}

function itemRows(items: ReadonlyMap<string, Item>, boms: ReadonlyMap<string, Bom>): RowOf<'items'>[] {
  return [...items.values()].sort(byItemNumber).map(({ product, unit, pickup, warehouse }) => ({
    item: product.number,
    description: product.name,
    category: categoryOf(product),
    unit,
    procurement: product.made ? 'production' : 'purchase',
    pickup_type: pickup,
    warehouse,
    reason: warehouse === '' ? '' : ISSUE,
    stock_managed: true,
    lot_managed: false,
    blocked: false,
    decimals: 0,
    bom: boms.has(product.id) ? product.number : '',
    // What is made comes in where it is withdrawn again.
    deposit_warehouse: product.made ? warehouse : '',
    deposit_reason: product.made && warehouse !== '' ? RECEIPT : '',
  }));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byItemNumber = (a: Item, b: Item): number => byText(a.product.number, b.product.number);

function stockRows(source: Source, items: ReadonlyMap<string, Item>): RowOf<'stock'>[] {
  return source.inventory
    .map((row) => ({
      item: known(items, row.product).product.number,
      warehouse: locationCode(row.location),
      quantity: row.quantity,
    }))
    .sort((a, b) => byText(a.item, b.item) || byText(a.warehouse, b.warehouse));
}

/** A bill has the number of the product it makes. */
function bomRows(items: ReadonlyMap<string, Item>, boms: ReadonlyMap<string, Bom>): RowOf<'boms'>[] {
  return madeItems(items, boms).map(({ item }) => ({
    bom: item.product.number,
    name: item.product.name,
    unit: item.unit,
  }));
}

function bomLineRows(items: ReadonlyMap<string, Item>, boms: ReadonlyMap<string, Bom>): RowOf<'bom_lines'>[] {
  return madeItems(items, boms).flatMap(({ item, bom }) =>
    bom.lines.map((line) => ({
      bom: item.product.number,
      line: known(bom.numberOf, line),
      component: known(items, line.component).product.number,
      unit: line.unit,
      quantity: line.quantity,
      valid_from: line.from,
      valid_to: line.to,
    })),
  );
}

function madeItems(items: ReadonlyMap<string, Item>, boms: ReadonlyMap<string, Bom>) {
  return [...boms]
    .map(([id, bom]) => ({ item: known(items, id), bom }))
    .sort((a, b) => byItemNumber(a.item, b.item));
}
