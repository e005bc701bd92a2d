import { RichApiError, apiNotFound, generalException, invalidArgument, notImplemented } from './errors';
import {
  type Action,
  ActionType,
  type ArgumentInfo,
  type Batch,
  type BatchReply,
  type ObjectPath,
  ObjectPathType,
} from './messages';
import type { ClassMetadata, Metadata, Requirement } from './metadata';
import { Projection } from './query';
import { RemoteObject, camelCase, memberOf } from './remote-object';
import { isOffered } from './requirements';

/** What the interpreter runs batches against. */
export interface ObjectModel {
  /** The workbook: the object every path starts from. */
  readonly root: RemoteObject;
  /** Services created by type name (`NewObject` paths), e.g. `Microsoft.ExcelServices.Runtime`. */
  readonly services: Readonly<Record<string, RemoteObject>>;
  /** Raised events are switched on and off by the register methods of the metadata. */
  register(eventType: number, target: RemoteObject, on: boolean): void;
}

type Target = RemoteObject | null;

/**
 * Runs rich API batches. Generic: what an object can do comes from the metadata, how it does it from the object model.
 * A batch stops at its first error and what was done before stays done, as office.js expects.
 */
export class Interpreter {
  /** Objects the add-in tracks between batches, by reference id. Empty again when every `Excel.run` has ended. */
  readonly references = new Map<string, RemoteObject>();
  readonly #referenceIds = new Map<RemoteObject, string>();
  #nextReference = 1;

  constructor(
    private readonly metadata: Metadata,
    private readonly offered: Readonly<Record<string, string>>,
    private readonly model: ObjectModel,
  ) {}

  /** @param failAfter lets the batch fail after so many changes, for tests of half-done work */
  async run(
    batch: Batch,
    failAfter?: { readonly changes: number; readonly code: string },
  ): Promise<BatchReply> {
    const reply: BatchReply = { Results: [], TraceIds: [] };
    const execution = new Execution(this, batch, reply);
    let changes = 0;
    for (const [index, action] of batch.Actions.entries()) {
      try {
        if (isChange(action)) changes++;
        if (failAfter && changes > failAfter.changes) {
          throw new RichApiError(failAfter.code, 'A fault that was asked for.');
        }
        await execution.perform(action);
      } catch (error) {
        reply.Error = describe(error, execution.location, index);
        break;
      }
    }
    return reply;
  }

  get root(): RemoteObject {
    return this.model.root;
  }

  service(typeName: string): RemoteObject {
    const service = this.model.services[typeName];
    if (!service) throw notImplemented(typeName);
    return service;
  }

  register(eventType: number, target: RemoteObject, on: boolean): void {
    this.model.register(eventType, target, on);
  }

  projection(naming: 'wire' | 'add-in'): Projection {
    return new Projection(this.metadata, this.offered, naming);
  }

  classOf(object: RemoteObject): ClassMetadata {
    const meta = this.metadata.classes[object.className];
    if (!meta) throw notImplemented(object.className);
    return meta;
  }

  /** Refuses members of requirement sets that are not offered, and members the model lacks. */
  demand(object: RemoteObject, wire: string, since: Requirement | undefined): void {
    const qualified = `${object.className}.${camelCase(wire)}`;
    if (!isOffered(this.offered, since)) throw apiNotFound(qualified);
    if (!(camelCase(wire) in object)) throw notImplemented(qualified);
  }

  offers(since: Requirement | undefined): boolean {
    return isOffered(this.offered, since);
  }

  referenceOf(object: RemoteObject): string | undefined {
    return this.#referenceIds.get(object);
  }

  keep(object: RemoteObject): void {
    if (this.#referenceIds.has(object)) return;
    const id = `reference-${String(this.#nextReference++)}`;
    this.#referenceIds.set(object, id);
    this.references.set(id, object);
  }

  release(id: string): void {
    const object = this.references.get(id);
    if (!object) return;
    this.references.delete(id);
    this.#referenceIds.delete(object);
  }

  releaseAll(): void {
    for (const id of [...this.references.keys()]) this.release(id);
  }
}

/** One run of one batch: the objects its paths resolved to. Each path is resolved once, or `add()` would add twice. */
class Execution {
  /** `Class.member` of what is being done, for the error. */
  location = '';
  readonly #resolved = new Map<number, Target>();

  constructor(
    private readonly interpreter: Interpreter,
    private readonly batch: Batch,
    private readonly reply: BatchReply,
  ) {}

  async perform(action: Action): Promise<void> {
    if (action.ActionType === ActionType.Trace) {
      this.reply.TraceIds.push(action.Id);
      this.#answer(action, null);
      return;
    }
    const target = await this.#resolve(action.ObjectPathId);
    switch (action.ActionType) {
      case ActionType.Instantiate:
        this.#answer(action, this.#instance(target));
        return;
      case ActionType.Query:
      case ActionType.QueryAsJson:
        await this.#query(action, target);
        return;
      case ActionType.Method:
        // office.js tracks what it gets, null objects included.
        if (!target && action.Name === '_KeepReference') return;
        this.#answer(action, await this.#call(this.#present(target), action.Name, action.ArgumentInfo));
        return;
      case ActionType.SetProperty:
        this.#assign(this.#present(target), action.Name, await this.#assigned(action.ArgumentInfo));
        return;
      case ActionType.Update:
        for (const [name, value] of Object.entries(action.ObjectState ?? {})) {
          this.#assign(this.#present(target), name, value);
        }
        return;
      default:
        throw notImplemented(`the action type ${String(action.ActionType)}`);
    }
  }

  #answer(action: Action, value: unknown): void {
    this.reply.Results.push({ ActionId: action.Id, Value: value });
  }

  #instance(target: Target): Record<string, string> | null {
    if (!target) return null;
    const reference = this.interpreter.referenceOf(target);
    const id = target.identity;
    return { ...(id === undefined ? {} : { Id: id }), ...(reference ? { _ReferenceId: reference } : {}) };
  }

  #present(target: Target): RemoteObject {
    if (!target)
      throw new RichApiError(
        'InvalidObjectPath',
        'The object is a null object; nothing can be done with it.',
      );
    return target;
  }

  async #query(action: Action, target: Target): Promise<void> {
    if (!target) {
      this.#answer(action, null);
      return;
    }
    this.location = `${target.className}.load`;
    const naming = action.ActionType === ActionType.Query ? 'wire' : 'add-in';
    this.#answer(action, await this.interpreter.projection(naming).project(target, action.QueryInfo));
  }

  async #assigned(info: ArgumentInfo | undefined): Promise<unknown> {
    return (await this.#arguments(info))[0];
  }

  #assign(object: RemoteObject, name: string, value: unknown): void {
    const wire = SET_ALIASES[`${object.className}.${name}`] ?? name.charAt(0).toUpperCase() + name.slice(1);
    this.location = `${object.className}.${camelCase(wire)}`;
    const meta = this.interpreter.classOf(object);
    const scalar = meta.scalars[wire];
    if (!scalar) throw invalidArgument(`There is no property ${this.location}.`);
    this.interpreter.demand(object, wire, scalar.since);
    if (!scalar.writable) throw invalidOperation(this.location);
    if (!Reflect.set(object, camelCase(wire), value)) throw notImplemented(`writing ${this.location}`);
  }

  async #call(object: RemoteObject, wire: string, info: ArgumentInfo | undefined): Promise<unknown> {
    this.location = `${object.className}.${camelCase(wire)}`;
    if (this.#bookkeeping(object, wire, info)) return null;
    const method = this.interpreter.classOf(object).methods[wire];
    if (!method) throw invalidArgument(`There is no method ${this.location}.`);
    this.interpreter.demand(object, wire, method.since);
    const implementation = memberOf(object, camelCase(wire));
    if (typeof implementation !== 'function') throw notImplemented(this.location);
    return (await Reflect.apply(implementation, object, await this.#arguments(info))) as unknown;
  }

  /** References and event registrations mean the same for every class. */
  #bookkeeping(object: RemoteObject, wire: string, info: ArgumentInfo | undefined): boolean {
    if (wire === '_KeepReference') this.interpreter.keep(object);
    else if (wire === '_RemoveReference') this.interpreter.release(String(info?.Arguments?.[0]));
    else if (wire === '_RemoveAllReferences') this.interpreter.releaseAll();
    else if (wire.startsWith('_Register') || wire.startsWith('_Unregister')) this.#register(object, wire);
    else return false;
    return true;
  }

  #register(object: RemoteObject, wire: string): void {
    const on = wire.startsWith('_Register');
    const meta = this.interpreter.classOf(object);
    const type = meta.events[on ? wire : wire.replace('_Unregister', '_Register')];
    if (type === undefined) throw notImplemented(this.location);
    if (!this.interpreter.offers(meta.methods[wire]?.since)) throw apiNotFound(this.location);
    this.interpreter.register(type, object, on);
  }

  async #resolve(pathId: number): Promise<Target> {
    const known = this.#resolved.get(pathId);
    if (known !== undefined) return known;
    const path = this.batch.ObjectPaths[String(pathId)];
    if (!path) throw new RichApiError('InvalidObjectPath', `The batch has no object path ${String(pathId)}.`);
    const target = await this.#walk(path);
    this.#resolved.set(pathId, target);
    return target;
  }

  async #walk(path: ObjectPath): Promise<Target> {
    switch (path.ObjectPathType) {
      case ObjectPathType.GlobalObject:
        return this.interpreter.root;
      case ObjectPathType.NewObject:
        return this.interpreter.service(path.Name);
      case ObjectPathType.ReferenceId:
        return this.#referenced(path.Name);
      case ObjectPathType.NullObject:
        return null;
      default:
        break;
    }
    const parent = await this.#resolve(path.ParentObjectPathId ?? -1);
    // A null object answers every further step with a null object.
    if (!parent) return null;
    if (path.ObjectPathType === ObjectPathType.Property) return this.#navigate(parent, path.Name);
    const wire = path.ObjectPathType === ObjectPathType.Indexer ? 'GetItem' : path.Name;
    const result = await this.#call(parent, wire, path.ArgumentInfo);
    return asTarget(result, this.location);
  }

  #referenced(id: string): RemoteObject {
    const object = this.interpreter.references.get(id);
    if (object) return object;
    throw new RichApiError(
      'InvalidObjectPath',
      'The object path does not exist any more: the object is not tracked.',
    );
  }

  #navigate(parent: RemoteObject, wire: string): Target {
    this.location = `${parent.className}.${camelCase(wire)}`;
    const navigation = this.interpreter.classOf(parent).navigations[wire];
    if (!navigation) throw invalidArgument(`There is no property ${this.location}.`);
    this.interpreter.demand(parent, wire, navigation.since);
    return asTarget(memberOf(parent, camelCase(wire)), this.location);
  }

  /** Arguments with the objects they refer to put in: parallel arrays of ids, and `_ObjectPathId` inside plain objects. */
  async #arguments(info: ArgumentInfo | undefined): Promise<unknown[]> {
    const values = info?.Arguments ?? [];
    const ids = info?.ReferencedObjectPathIds ?? [];
    const resolved: unknown[] = [];
    for (const [index, value] of values.entries()) resolved.push(await this.#argument(value, ids[index]));
    return resolved;
  }

  async #argument(value: unknown, id: unknown): Promise<unknown> {
    if (typeof id === 'number' && id !== 0) return this.#resolve(id);
    if (Array.isArray(id) && Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) items.push(await this.#argument(item, id[index]));
      return items;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if ('_ObjectPathId' in value) return this.#resolve(Number(value._ObjectPathId));
    const members: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) members[name] = await this.#argument(member, 0);
    return members;
  }
}

/** office.js writes two properties under another name than it reads them. */
const SET_ALIASES: Readonly<Record<string, string>> = {
  'Worksheet.Gridlines': 'ShowGridlines',
  'Worksheet.Headings': 'ShowHeadings',
};

/** Members whose name starts with an underscore are office.js's own housekeeping. */
function isChange(action: Action): boolean {
  const isMember = action.ActionType === ActionType.SetProperty || action.ActionType === ActionType.Method;
  return isMember && !action.Name.startsWith('_');
}

function asTarget(value: unknown, location: string): Target {
  if (value === null || value === undefined) return null;
  if (value instanceof RemoteObject) return value;
  throw generalException(`${location} did not return an object.`);
}

function invalidOperation(location: string): RichApiError {
  return new RichApiError('InvalidOperation', `${location} is read-only.`);
}

function describe(error: unknown, location: string, index: number): NonNullable<BatchReply['Error']> {
  const known = error instanceof RichApiError ? error : generalException(String(error));
  return {
    Code: known.code,
    Message: known.message,
    Location: location,
    ActionIndex: index,
    HttpStatusCode: known.httpStatusCode,
  };
}
