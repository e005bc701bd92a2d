import { RichApiError, apiNotFound, generalException, notImplemented } from './errors';
import { Execution } from './execution';
import { type Action, ActionType, type Batch, type BatchReply } from './messages';
import type { ClassMetadata, Metadata, Requirement } from './metadata';
import { Projection } from './query';
import { type RemoteObject, camelCase } from './remote-object';
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

/** Members whose name starts with an underscore are office.js's own housekeeping. */
function isChange(action: Action): boolean {
  const isMember = action.ActionType === ActionType.SetProperty || action.ActionType === ActionType.Method;
  return isMember && !action.Name.startsWith('_');
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
