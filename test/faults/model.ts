/**
 * The order book as a planner would keep it on paper: what an order is, what each command does to it, and why it is refused.
 * Written from the rules, not from the code; quantities are whole thousandths, so that nothing is rounded.
 */

/** Materials and output of a movement: negative takes out of the stock. */
export type Moves = ReadonlyMap<string, number>;

export interface PaperDeclaration {
  readonly number: number;
  /** Null for the order as a whole. */
  readonly operation: number | null;
  readonly good: number;
  readonly scrap: number;
  readonly closing: boolean;
  registered: boolean;
  /** What its registration moved. */
  moves: Moves;
}

export interface PaperOrder {
  readonly number: number;
  /** Need by item. */
  readonly lines: Moves;
  /** All productive; the last one moves stock. */
  readonly operations: readonly number[];
  state: 'launched' | 'executive' | 'fulfilled';
  version: number;
  held: boolean;
  /** What its release withdrew. */
  withdrawn: Moves;
  declarations: PaperDeclaration[];
  /** The highest number one of them ever had. */
  lastDeclaration: number;
  /** The release that made it executive, as the model counts them. */
  released: number | null;
}

export interface Verdict {
  readonly order: number;
  readonly result: string;
  /** Codes of refusals, sorted. */
  readonly codes: readonly string[];
  readonly warnings: readonly string[];
  readonly movements: number;
}

export interface Marked {
  readonly order: number;
  readonly version: number;
}

export interface Opening {
  readonly operation: number | null;
  readonly good: number;
  readonly scrap: number;
  readonly closing: boolean;
}

const OUTPUT = 'P';

export class Paper {
  readonly orders = new Map<number, PaperOrder>();
  readonly stock = new Map<string, number>();
  readonly pickup = new Map<string, 'automatic' | 'manual'>();
  /** Items in warehouses that may go below zero. */
  readonly negative = new Set<string>();
  policy: 'refuse' | 'negative' = 'refuse';
  /** Releases so far, and what the last one released, with the versions it left behind. */
  releases = 0;
  lastReleased: readonly Marked[] = [];

  release(marked: readonly Marked[], forced: boolean): Verdict[] {
    this.releases += 1;
    const verdicts = marked.map((mark): Verdict => {
      const order = this.orders.get(mark.order);
      if (order === undefined) return refused(mark.order, ['ORD-01']);
      const stale = order.version === mark.version ? [] : ['REL-03'];
      if (order.state !== 'launched') return refused(mark.order, ['REL-01', ...stale]);
      const needs = this.needs(order, 'automatic');
      const strict = [...stale, ...(order.held ? ['REL-17'] : [])];
      const soft = order.lines.size === 0 ? ['REL-07'] : [];
      for (const [item, need] of needs) {
        if (need <= this.onHand(item) || this.mayGoNegative(item)) continue;
        (this.negative.has(item) ? soft : strict).push('REL-10');
      }
      if (strict.length > 0 || (soft.length > 0 && !forced)) return refused(mark.order, [...strict, ...soft]);
      order.state = 'executive';
      order.version += 1;
      order.released = this.releases;
      order.withdrawn = new Map([...needs].map(([item, need]) => [item, -need]));
      this.move(order.withdrawn);
      return done(mark.order, 'released', order.withdrawn.size, soft);
    });
    this.lastReleased = verdicts
      .filter(({ result }) => result === 'released')
      .map(({ order }) => ({ order, version: this.orders.get(order)?.version ?? 0 }));
    return verdicts;
  }

  restore(marked: readonly Marked[]): Verdict[] {
    return marked.map((mark) => {
      const order = this.orders.get(mark.order);
      if (order === undefined) return refused(mark.order, ['ORD-01']);
      const codes = order.version === mark.version ? [] : ['RES-07'];
      if (order.state === 'fulfilled') codes.push('RES-03');
      else if (order.state === 'launched') codes.push('RES-01');
      if (order.declarations.length > 0) codes.push('RES-02');
      if (codes.length > 0) return refused(mark.order, codes);
      const movements = order.withdrawn.size;
      this.move(reversed(order.withdrawn));
      order.state = 'launched';
      order.version += 1;
      order.withdrawn = new Map();
      order.released = null;
      return done(mark.order, 'restored', movements);
    });
  }

  /** What the last release can still be undone of: null when nothing is left of it. */
  undo(): Verdict[] | null {
    const left = this.lastReleased.filter(({ order }) => this.orders.get(order)?.released === this.releases);
    return left.length === 0 ? null : this.restore(left);
  }

  hold(marked: readonly Marked[], hold: boolean): Verdict[] {
    return marked.map((mark) => {
      const order = this.orders.get(mark.order);
      if (order === undefined) return refused(mark.order, ['ORD-01']);
      const codes = order.version === mark.version ? [] : ['HLD-04'];
      if (hold && order.state !== 'launched') codes.push('HLD-03');
      else if (hold && order.held) codes.push('HLD-01');
      if (!hold && !order.held) codes.push('HLD-02');
      if (codes.length > 0) return refused(mark.order, codes);
      order.held = hold;
      order.version += 1;
      return done(mark.order, hold ? 'held' : 'lifted', 0);
    });
  }

  open(number: number, opening: Opening): Verdict {
    const order = this.known(number);
    const operation = opening.operation ?? finalOf(order);
    const codes = order.state === 'executive' ? [] : ['DEC-01'];
    if (operation !== null && !order.operations.includes(operation)) codes.push('DEC-14');
    if (opening.good + opening.scrap === 0 && !opening.closing) codes.push('DEC-02');
    const all = order.declarations;
    if (all.some((each) => each.closing && each.operation === operation)) codes.push('DEC-04');
    if (outruns(order, { ...opening, operation }, all)) codes.push('DEC-03');
    if (codes.length > 0) return refused(number, codes);
    order.lastDeclaration += 1;
    const next = order.lastDeclaration;
    order.declarations.push({ ...opening, number: next, operation, registered: false, moves: new Map() });
    return done(number, 'declared', 0);
  }

  register(number: number, declared: number): Verdict {
    const order = this.known(number);
    const declaration = order.declarations.find((each) => each.number === declared);
    if (declaration === undefined) return refused(number, ['DEC-08']);
    if (declaration.registered) return refused(number, ['DEC-05']);
    const codes = order.state === 'executive' ? [] : ['DEC-01'];
    const reported = order.declarations.filter((each) => each.registered);
    if (reported.some((each) => each.closing && each.operation === declaration.operation))
      codes.push('DEC-04');
    if (outruns(order, declaration, reported)) codes.push('DEC-03');
    const fulfils =
      order.state === 'executive' && declaration.closing && declaration.operation === finalOf(order);
    const materials = fulfils ? this.needs(order, 'manual') : new Map<string, number>();
    for (const [item, need] of materials)
      if (need > this.onHand(item) && !this.mayGoNegative(item)) codes.push('DEC-11');
    if (codes.length > 0) return refused(number, codes);
    declaration.registered = true;
    order.version += 1;
    if (!fulfils) return done(number, 'declared', 0);
    const output = producedOf(order);
    const moves = [...materials].map(([item, need]) => [item, -need] as const);
    declaration.moves = new Map(moves);
    this.move(declaration.moves);
    // An order may need what it makes itself: two movements of one stock.
    this.move(new Map([[OUTPUT, output]]));
    declaration.moves = new Map([...moves, ...(output > 0 ? [['output', output] as const] : [])]);
    order.state = 'fulfilled';
    return done(number, 'declared', declaration.moves.size);
  }

  rollBack(number: number, declared: number): Verdict {
    const order = this.known(number);
    const declaration = order.declarations.find((each) => each.number === declared);
    if (declaration === undefined) return refused(number, ['DEC-08']);
    if (!declaration.registered) return refused(number, ['DEC-06']);
    const reported = order.declarations.filter((each) => each.registered);
    const closes = (operation: number | null) =>
      reported.find((each) => each.closing && each.operation === operation);
    const closer = closes(finalOf(order)) ?? closes(declaration.operation) ?? declaration;
    const codes = closer === declaration ? [] : ['DEC-04'];
    if (uncovers(order, declaration, reported)) codes.push('DEC-03');
    const back = stockMoves(declaration.moves);
    for (const [item, change] of back)
      if (change > 0 && this.onHand(item) < change && !this.mayGoNegative(item)) codes.push('DEC-09');
    if (codes.length > 0) return refused(number, codes);
    const movements = declaration.moves.size;
    this.move(reversed(back));
    declaration.moves = new Map();
    declaration.registered = false;
    order.version += 1;
    order.state = 'executive';
    return done(number, 'declared', movements);
  }

  remove(number: number, declared: number): Verdict {
    const order = this.known(number);
    const declaration = order.declarations.find((each) => each.number === declared);
    if (declaration === undefined) return refused(number, ['DEC-08']);
    if (declaration.registered) return refused(number, ['DEC-07']);
    order.declarations = order.declarations.filter((each) => each !== declaration);
    return done(number, 'declared', 0);
  }

  onHand(item: string): number {
    return this.stock.get(item) ?? 0;
  }

  known(number: number): PaperOrder {
    const order = this.orders.get(number);
    if (order === undefined) throw new RangeError(`No order ${number} on paper`);
    return order;
  }

  /** Lines that go now; what the release has taken is not taken again. */
  private needs(order: PaperOrder, pickup: 'automatic' | 'manual'): Moves {
    return new Map(
      [...order.lines].filter(([item]) => this.pickup.get(item) === pickup && !order.withdrawn.has(item)),
    );
  }

  private mayGoNegative(item: string): boolean {
    return this.policy === 'negative' && this.negative.has(item);
  }

  private move(moves: Moves): void {
    for (const [item, change] of moves) this.stock.set(item, this.onHand(item) + change);
  }
}

/** Good pieces registered on the final operation. */
export function producedOf(order: PaperOrder): number {
  return goodOn(
    order.declarations.filter((each) => each.registered),
    finalOf(order),
  );
}

const finalOf = ({ operations }: PaperOrder): number | null => operations.at(-1) ?? null;

const goodOn = (declarations: readonly PaperDeclaration[], operation: number | null): number =>
  declarations.filter((each) => each.operation === operation).reduce((sum, { good }) => sum + good, 0);
const allOn = (declarations: readonly PaperDeclaration[], operation: number | null): number =>
  declarations.filter((each) => each.operation === operation).reduce((sum, { scrap }) => sum + scrap, 0) +
  goodOn(declarations, operation);

/** The operation next to this one, on that side, on which something is reported. */
function neighbour({ operations, declarations }: PaperOrder, operation: number, side: -1 | 1): number | null {
  const beyond = operations.filter((each) => Math.sign(each - operation) === side);
  const reported = beyond.filter((each) =>
    declarations.some((d) => d.operation === each && (d.closing || d.good + d.scrap > 0)),
  );
  return (side === 1 ? reported[0] : reported.at(-1)) ?? null;
}

/** More pieces would stand on the operation than the one before it has made. */
function outruns(
  order: PaperOrder,
  { operation, good, scrap }: Opening,
  counted: readonly PaperDeclaration[],
): boolean {
  const before = operation === null ? null : neighbour(order, operation, -1);
  if (before === null || good + scrap === 0) return false;
  return allOn(counted, operation) + good + scrap > goodOn(counted, before);
}

/** Without it the next operation would stand on pieces that were never made. */
function uncovers(
  order: PaperOrder,
  { operation, good }: PaperDeclaration,
  counted: readonly PaperDeclaration[],
): boolean {
  const after = operation === null ? null : neighbour(order, operation, 1);
  if (after === null) return false;
  const [made, needed] = [goodOn(counted, operation), allOn(counted, after)];
  return made >= needed && made - good < needed;
}

/** Moves by stock: the output is one item more. */
function stockMoves(moves: Moves): Moves {
  const sums = new Map<string, number>();
  for (const [item, change] of moves) {
    const stock = item === 'output' ? OUTPUT : item;
    sums.set(stock, (sums.get(stock) ?? 0) + change);
  }
  return sums;
}

const reversed = (moves: Moves): Moves => new Map([...moves].map(([item, change]) => [item, -change]));

const refused = (order: number, codes: readonly string[]): Verdict => ({
  ...{ order, result: 'refused', codes: [...codes].sort(), warnings: [], movements: 0 },
});

const done = (
  order: number,
  result: string,
  movements: number,
  warnings: readonly string[] = [],
): Verdict => ({
  ...{ order, result, codes: [], warnings: [...warnings].sort(), movements },
});
