/**
 * An object of the Excel object model as the host holds it. Its members carry the camelCase of their wire name (`Values` is
 * `values`, `GetCell` is `getCell`); which of them the add-in may name is decided by the metadata of `className`, so helpers
 * of an implementation stay private (`#name`).
 */
export abstract class RemoteObject {
  abstract readonly className: string;

  /** The `Id` office.js addresses the object by, for the classes that have one. */
  get identity(): string | undefined {
    return undefined;
  }

  /** Called before the named members are read; waits for what they depend on, e.g. a recalculation. */
  prepare?(members: readonly string[]): Promise<void>;
}

/** A collection: its items in order. Lookup by key is the member `getItem` of those classes that have an indexer. */
export abstract class RemoteCollection extends RemoteObject {
  abstract items(): readonly RemoteObject[];

  getItemAt(index: number): RemoteObject | null {
    return this.items()[index] ?? null;
  }

  getCount(): number {
    return this.items().length;
  }
}

/** Reads a member whose name came over the wire; `undefined` when this object does not model it. */
export function memberOf(object: RemoteObject, name: string): unknown {
  // The wire names members at run time; what may be named has been checked against the metadata before.
  return (object as unknown as Record<string, unknown>)[name];
}

export function camelCase(wire: string): string {
  return wire.startsWith('_') ? wire : wire.charAt(0).toLowerCase() + wire.slice(1);
}
