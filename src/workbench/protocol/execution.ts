import {
  RichApiError,
  apiNotFound,
  generalException,
  invalidArgument,
  invalidOperation,
  notImplemented,
} from './errors';
import type { Interpreter } from './interpreter';
import {
  type Action,
  ActionType,
  type ArgumentInfo,
  type Batch,
  type BatchReply,
  type ObjectPath,
  ObjectPathType,
} from './messages';
import type { MethodMetadata } from './metadata';
import { RemoteObject, camelCase, memberOf } from './remote-object';

type Target = RemoteObject | null;

/** One run of one batch: the objects its paths resolved to. Each path is resolved once, or `add()` would add twice. */
export class Execution {
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
    if (!scalar.writable) throw invalidOperation(`${this.location} is read-only.`);
    if (!Reflect.set(object, camelCase(wire), value)) throw notImplemented(`writing ${this.location}`);
  }

  async #call(object: RemoteObject, wire: string, info: ArgumentInfo | undefined): Promise<unknown> {
    this.location = `${object.className}.${camelCase(wire)}`;
    if (this.#bookkeeping(object, wire, info)) return null;
    const method = this.interpreter.classOf(object).methods[wire] ?? UNLISTED[`${object.className}.${wire}`];
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

/** Excel on the web opens a new workbook by a call that office.js keeps beside its classes, so the metadata do not know it. */
const UNLISTED: Readonly<Record<string, MethodMetadata>> = {
  'Workbook.CreateAndOpenWorkbook': {
    name: 'createAndOpenWorkbook',
    since: { set: 'ExcelApi', version: '1.8' },
  },
};

function asTarget(value: unknown, location: string): Target {
  if (value === null || value === undefined) return null;
  if (value instanceof RemoteObject) return value;
  throw generalException(`${location} did not return an object.`);
}
