import { invalidArgument, itemNotFound } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, textArgument } from './context';

/** `workbook.settings`: values the add-in keeps in the file. */
export class SettingCollectionObject extends RemoteCollection {
  readonly className = 'SettingCollection';

  constructor(private readonly context: ExcelContext) {
    super();
  }

  items(): readonly SettingObject[] {
    return [...this.context.settings.keys()].map((key) => new SettingObject(this.context, key));
  }

  add(key: unknown, value: unknown): SettingObject {
    const name = textArgument(key, 'key');
    if (value === undefined) throw invalidArgument('A setting needs a value.');
    this.context.settings.set(name, JSON.stringify(value));
    return new SettingObject(this.context, name);
  }

  getItem(key: unknown): SettingObject {
    const found = this.getItemOrNullObject(key);
    if (!found) throw itemNotFound(`There is no setting ${String(key)}.`);
    return found;
  }

  getItemOrNullObject(key: unknown): SettingObject | null {
    const name = String(key);
    return this.context.settings.has(name) ? new SettingObject(this.context, name) : null;
  }
}

export class SettingObject extends RemoteObject {
  readonly className = 'Setting';

  constructor(
    private readonly context: ExcelContext,
    readonly key: string,
  ) {
    super();
  }

  override get identity(): string {
    return this.key;
  }

  get _Id(): string {
    return this.key;
  }

  get value(): unknown {
    const text = this.context.settings.get(this.key);
    return text === undefined ? null : (JSON.parse(text) as unknown);
  }

  set value(value: unknown) {
    this.context.settings.set(this.key, JSON.stringify(value));
  }

  delete(): void {
    this.context.settings.delete(this.key);
  }
}
