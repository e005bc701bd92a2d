/** An operation that knows which ones follow it. */
export interface FollowedOperation {
  readonly operation: number;
  /** Null: the next by number, or none after the last. */
  readonly nextOperations: readonly number[] | null;
}

/** Operations in the order in which they may be scheduled: each one behind all that come before it. */
export interface OperationSequence<T> {
  readonly forward: readonly T[];
  readonly backward: readonly T[];
  readonly before: (operation: number) => readonly T[];
  readonly after: (operation: number) => readonly T[];
}

/** An operation that names a follower which is not there, or that follows itself, perhaps over others. */
export interface BrokenSequence {
  readonly broken: number;
}

/**
 * Puts operations in sequence, serial or parallel; of those that may go at the same time the lowest number first, so that the sequence of
 * the list means nothing.
 */
export function operationSequence<T extends FollowedOperation>(
  operations: readonly T[],
): OperationSequence<T> | BrokenSequence {
  const sorted = operations.toSorted((a, b) => a.operation - b.operation);
  const byNumber = new Map(sorted.map((each) => [each.operation, each]));
  const after = new Map<number, T[]>();
  const before = new Map<number, T[]>(sorted.map(({ operation }) => [operation, []]));
  for (const [place, each] of sorted.entries()) {
    const next = nextOf(each, sorted[place + 1]);
    const followers = next.flatMap((number) => byNumber.get(number) ?? []);
    if (followers.length < next.length) return { broken: each.operation };
    after.set(each.operation, followers);
    for (const follower of followers) before.get(follower.operation)?.push(each);
  }
  const forward = inOrder(sorted, before, after);
  const left = sorted.find((each) => !forward.includes(each));
  if (left) return { broken: left.operation };
  return {
    forward,
    backward: forward.toReversed(),
    before: (operation) => before.get(operation) ?? [],
    after: (operation) => after.get(operation) ?? [],
  };
}

function nextOf<T extends FollowedOperation>(
  { nextOperations }: T,
  following: T | undefined,
): readonly number[] {
  if (nextOperations) return [...new Set(nextOperations)];
  return following ? [following.operation] : [];
}

/** Without those that are in a circle or behind one. */
function inOrder<T extends FollowedOperation>(
  sorted: readonly T[],
  before: ReadonlyMap<number, readonly T[]>,
  after: ReadonlyMap<number, readonly T[]>,
): T[] {
  const waitsFor = new Map([...before].map(([operation, list]) => [operation, list.length]));
  const forward: T[] = [];
  const ready = sorted.filter(({ operation }) => waitsFor.get(operation) === 0);
  for (let each = ready.shift(); each; each = ready.shift()) {
    forward.push(each);
    for (const follower of after.get(each.operation) ?? []) {
      const open = (waitsFor.get(follower.operation) ?? 0) - 1;
      waitsFor.set(follower.operation, open);
      if (open === 0) insertByNumber(ready, follower);
    }
  }
  return forward;
}

function insertByNumber<T extends FollowedOperation>(ready: T[], each: T): void {
  const place = ready.findIndex(({ operation }) => operation > each.operation);
  ready.splice(place < 0 ? ready.length : place, 0, each);
}
