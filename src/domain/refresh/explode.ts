import type { CalendarDate } from '../calendar';
import { hundred, one, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { quantityPer } from './component-quantity';
import type { BomLine, MasterData } from './master-data';
import { validOn, versionOn } from './version-on';

/** A component as a bill needs it, phantoms resolved. */
export interface Component {
  readonly item: string;
  readonly variant: string;
  readonly unit: string;
  /** Per unit of the bill, or per order when `fixed`; the scrap of phantoms is inside. */
  readonly quantityPer: Quantity;
  readonly fixed: boolean;
  /** Percent. */
  readonly scrap: Quantity;
  readonly routingLink: string;
  readonly leadTimeOffsetDays: number;
}

export interface Explosion {
  /** Of the bill; '' is the original. */
  readonly version: string;
  /** In which the quantities per are. */
  readonly unit: string;
  readonly components: readonly Component[];
  /** REF-09, REF-11, REF-13: what keeps the bill from being used. They name bill and day, and no order yet. */
  readonly refusals: readonly Refusal[];
}

export type Explode = (bom: string, day: CalendarDate) => Explosion;

/** How deep phantoms may lie in each other. Source: Business Central. */
const DEEPEST = 50;

interface Exploded extends Explosion {
  readonly levels: number;
}

/**
 * What a bill consists of on a day: the lines of its certified version that are valid then, phantoms in phantoms replaced by what they
 * stand for. Each bill is taken apart once a day, so a bill that comes back on many branches costs nothing.
 */
export function exploder(masters: MasterData): Explode {
  const known = new Map<string, Exploded>();
  const explode = (bom: string, day: CalendarDate, depth: number): Exploded => {
    const key = `${day} ${bom}`;
    const seen = known.get(key);
    if (seen) return seen;
    if (depth > DEEPEST) return tooDeep(bom);
    const exploded = explodeBill(masters, bom, day, (phantom) => explode(phantom, day, depth + 1));
    // A bill that is too deep below others may be fine by itself.
    if (depth === 1 || exploded.levels <= DEEPEST) known.set(key, exploded);
    return exploded;
  };
  return (bom, day) => explode(bom, day, 1);
}

function explodeBill(
  masters: MasterData,
  bom: string,
  day: CalendarDate,
  explodePhantom: (bom: string) => Exploded,
): Exploded {
  const version = versionOn(masters.boms.get(bom) ?? [], day);
  if (!version) return { ...nothing, refusals: [refusal('REF-09', { bom, date: day })] };
  const components: Component[] = [];
  const refusals: Refusal[] = [];
  let levels = 1;
  for (const line of version.lines.filter((each) => validOn(each, day))) {
    if (line.kind === 'item') components.push(componentOf(line));
    else {
      const inner = explodePhantom(line.component);
      levels = Math.max(levels, inner.levels + 1);
      // The other lines do not matter any more, and a circle is not gone round on every branch.
      if (levels > DEEPEST) return tooDeep(bom);
      refusals.push(...inner.refusals, ...otherUnit(bom, line, inner));
      components.push(...inner.components.map((each) => insidePhantom(line, each)));
    }
  }
  const { unit } = version;
  return {
    version: version.version,
    unit,
    components: merged(components),
    refusals: eachOnce(refusals),
    levels,
  };
}

/**
 * REF-13: a phantom is taken in the unit that its bill is made in. It is a bill and no item, so nothing says how one unit becomes another.
 */
function otherUnit(bom: string, { component, unit }: BomLine, phantom: Explosion): Refusal[] {
  // A bill without a version for the day is refused as that.
  if (phantom.unit === '' || phantom.unit === unit) return [];
  return [refusal('REF-13', { bom, phantom: component, unit, made: phantom.unit, context: 'phantom' })];
}

function eachOnce(refusals: readonly Refusal[]): Refusal[] {
  return [...new Map(refusals.map((each) => [JSON.stringify(each), each])).values()];
}

const nothing: Exploded = { version: '', unit: '', components: [], refusals: [], levels: 1 };

function tooDeep(bom: string): Exploded {
  return { ...nothing, refusals: [refusal('REF-11', { bom, levels: String(DEEPEST) })], levels: Infinity };
}

function componentOf(line: BomLine): Component {
  const { component: item, variant, unit, scrap, routingLink, leadTimeOffsetDays } = line;
  const fixed = line.formula === 'fixed';
  return {
    item,
    variant,
    unit,
    quantityPer: quantityPer(line),
    fixed,
    scrap,
    routingLink,
    leadTimeOffsetDays,
  };
}

/**
 * A component of a phantom, as the bill needs it that names the phantom: multiplied by how much of the phantom it takes, scrap included.
 * What is needed per order stays so. Source: Business Central, explosion of phantoms.
 */
function insidePhantom(phantom: BomLine, component: Component): Component {
  if (component.fixed) return component;
  const fixed = phantom.formula === 'fixed';
  const scrap = fixed ? one : one.plus(phantom.scrap.div(hundred));
  const perUnit = component.quantityPer.times(quantityPer(phantom)).times(scrap);
  return { ...component, quantityPer: perUnit, fixed };
}

/** Adds up components that are one and the same need: whatever tells them apart would be lost otherwise. */
function merged(components: readonly Component[]): Component[] {
  const byNeed = new Map<string, Component>();
  for (const each of components) {
    const { item, variant, unit, fixed, scrap, routingLink, leadTimeOffsetDays } = each;
    const need = JSON.stringify([item, variant, unit, fixed, scrap, routingLink, leadTimeOffsetDays]);
    const before = byNeed.get(need);
    const total = before ? before.quantityPer.plus(each.quantityPer) : each.quantityPer;
    byNeed.set(need, { ...each, quantityPer: total });
  }
  return [...byNeed.values()];
}
