import { apiNotFound, invalidArgument, notImplemented } from './errors';
import type { QueryInfo } from './messages';
import type { ClassMetadata, Metadata, Requirement } from './metadata';
import { RemoteCollection, type RemoteObject, camelCase, memberOf } from './remote-object';
import { isOffered } from './requirements';

/** What a `load` asks for, as a tree: `a/b` is the node `a` with the child `b`. Names as the add-in wrote them. */
interface Selection {
  readonly children: Map<string, Selection>;
}

/** How results name properties: office.js handlers read wire names, `QueryAsJson` wants the add-in's own. */
type Naming = 'wire' | 'add-in';

/** Answers `load`: projects an object or collection onto the selected properties. */
export class Projection {
  constructor(
    private readonly metadata: Metadata,
    private readonly offered: Readonly<Record<string, string>>,
    private readonly naming: Naming,
  ) {}

  async project(object: RemoteObject, query: QueryInfo | undefined): Promise<Record<string, unknown>> {
    const selection = parseSelection(query);
    if (!(object instanceof RemoteCollection)) return this.#object(object, selection);
    const skip = query?.Skip ?? 0;
    return this.#collection(object, selection, skip, query?.Top ?? Number.MAX_SAFE_INTEGER);
  }

  async #collection(
    collection: RemoteCollection,
    selection: Selection,
    skip: number,
    top: number,
  ): Promise<Record<string, unknown>> {
    const own: Record<string, unknown> = {};
    const ofItems: Selection = { children: new Map() };
    const meta = this.#classOf(collection);
    for (const [name, child] of selection.children) {
      const scalar = find(meta.scalars, name);
      if (name.toLowerCase() === 'items') merge(ofItems, child);
      else if (scalar) own[this.#key(scalar)] = this.#read(collection, meta, scalar[0], scalar[1].since);
      else ofItems.children.set(name, child);
    }
    const items = collection.items().slice(skip, skip + top);
    const projected: Record<string, unknown>[] = [];
    for (const [index, item] of items.entries()) {
      const values = await this.#object(item, ofItems);
      const identity = item.identity;
      if (identity !== undefined && this.naming === 'wire') values['_Id'] = identity;
      if (this.naming === 'wire') values['_Index'] = skip + index;
      projected.push(values);
    }
    return { ...own, [this.naming === 'wire' ? '_Items' : 'items']: projected };
  }

  async #object(object: RemoteObject, selection: Selection): Promise<Record<string, unknown>> {
    if (object instanceof RemoteCollection) {
      return this.#collection(object, selection, 0, Number.MAX_SAFE_INTEGER);
    }
    const meta = this.#classOf(object);
    const names = [...selection.children.keys()];
    await object.prepare?.(names);
    const result: Record<string, unknown> = {};
    if (names.length === 0 || names.includes('*')) this.#readAll(object, meta, result);
    for (const [name, child] of selection.children) {
      if (name !== '*') await this.#member(object, meta, name, child, result);
    }
    return result;
  }

  async #member(
    object: RemoteObject,
    meta: ClassMetadata,
    name: string,
    child: Selection,
    result: Record<string, unknown>,
  ): Promise<void> {
    const scalar = find(meta.scalars, name);
    if (scalar) {
      result[this.#key(scalar)] = this.#read(object, meta, scalar[0], scalar[1].since);
      return;
    }
    const navigation = find(meta.navigations, name);
    if (!navigation) throw invalidArgument(`There is no property ${meta.name}.${name}.`);
    const target = this.#read(object, meta, navigation[0], navigation[1].since);
    result[this.#key(navigation)] = isRemote(target) ? await this.#object(target, child) : null;
  }

  /** All that is modelled and offered: a bare `load()` does not fail because of properties nobody named. */
  #readAll(object: RemoteObject, meta: ClassMetadata, result: Record<string, unknown>): void {
    for (const scalar of Object.entries(meta.scalars)) {
      const name = camelCase(scalar[0]);
      if (!isOffered(this.offered, scalar[1].since) || !(name in object)) continue;
      result[this.#key(scalar)] = memberOf(object, name);
    }
  }

  #read(object: RemoteObject, meta: ClassMetadata, wire: string, since: Requirement | undefined): unknown {
    const qualified = `${meta.name}.${camelCase(wire)}`;
    if (!isOffered(this.offered, since)) throw apiNotFound(qualified);
    if (!(camelCase(wire) in object)) throw notImplemented(qualified);
    return memberOf(object, camelCase(wire));
  }

  #key(entry: readonly [string, { readonly name: string }]): string {
    return this.naming === 'wire' ? entry[0] : entry[1].name;
  }

  #classOf(object: RemoteObject): ClassMetadata {
    const meta = this.metadata.classes[object.className];
    if (!meta) throw notImplemented(object.className);
    return meta;
  }
}

function parseSelection(query: QueryInfo | undefined): Selection {
  const root: Selection = { children: new Map() };
  const select = query?.Select ?? [];
  for (const path of [...select, ...(query?.Expand ?? [])]) {
    let node = root;
    for (const name of path.split('/').map((part) => part.trim())) {
      const child = node.children.get(name) ?? { children: new Map<string, Selection>() };
      node.children.set(name, child);
      node = child;
    }
  }
  if (select.length === 0) root.children.set('*', { children: new Map() });
  return root;
}

function merge(into: Selection, from: Selection): void {
  for (const [name, child] of from.children) into.children.set(name, child);
}

function find<T>(members: Readonly<Record<string, T>>, name: string): [string, T] | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(members).find(([wire]) => wire.toLowerCase() === wanted);
}

function isRemote(value: unknown): value is RemoteObject {
  return typeof value === 'object' && value !== null && 'className' in value;
}
