import { parseArea, splitSheet } from '../../engine/area';
import type { DefinedName } from '../../engine/workbook';
import { invalidArgument, itemAlreadyExists, itemNotFound } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable, qualifiedAddress, textArgument } from './context';
import { RangeObject } from './range';

export class NamedItemCollectionObject extends RemoteCollection {
  readonly className = 'NamedItemCollection';

  constructor(private readonly context: ExcelContext) {
    super();
  }

  items(): readonly NamedItemObject[] {
    return this.context.workbook.names.map((name) => new NamedItemObject(this.context, name));
  }

  add(name: unknown, reference: unknown, comment: unknown): NamedItemObject {
    demandWritable(this.context);
    const wanted = textArgument(name, 'name');
    if (!/^[A-Za-z_\\][\w.\\]*$/.test(wanted)) throw invalidArgument(`The name ${wanted} is not valid.`);
    if (this.getItemOrNullObject(wanted)) throw itemAlreadyExists(`There is a name ${wanted} already.`);
    const formula =
      reference instanceof RangeObject
        ? `=${qualifiedAddress(reference.sheet, reference.area).replace(/([A-Z]+)(\d+)(?=$|:)/g, '$$$1$$$2')}`
        : textArgument(reference, 'reference');
    const text = typeof comment === 'string' ? comment : '';
    return new NamedItemObject(this.context, this.context.workbook.defineName(wanted, formula, text));
  }

  getItem(key: unknown): NamedItemObject {
    const found = this.getItemOrNullObject(key);
    if (!found) throw itemNotFound(`There is no name ${String(key)}.`);
    return found;
  }

  getItemOrNullObject(key: unknown): NamedItemObject | null {
    const wanted = String(key).toLowerCase();
    return this.items().find((item) => item.name.toLowerCase() === wanted) ?? null;
  }
}

export class NamedItemObject extends RemoteObject {
  readonly className = 'NamedItem';

  constructor(
    private readonly context: ExcelContext,
    private readonly definition: DefinedName,
  ) {
    super();
  }

  get name(): string {
    return this.definition.name;
  }

  get formula(): string {
    return this.definition.formula;
  }

  set formula(formula: string) {
    demandWritable(this.context);
    this.definition.formula = formula;
  }

  get comment(): string {
    return this.definition.comment;
  }

  set comment(comment: string) {
    demandWritable(this.context);
    this.definition.comment = comment;
  }

  get visible(): boolean {
    return this.definition.visible;
  }

  set visible(visible: boolean) {
    demandWritable(this.context);
    this.definition.visible = visible;
  }

  get scope(): string {
    return 'Workbook';
  }

  get type(): string {
    if (this.getRangeOrNullObject()) return 'Range';
    const bare = this.formula.replace(/^=/, '');
    return Number.isNaN(Number(bare)) ? 'String' : 'Double';
  }

  get value(): string | number {
    const range = this.getRangeOrNullObject();
    if (range) return range.address;
    const bare = this.formula.replace(/^=/, '');
    return Number.isNaN(Number(bare)) ? bare.replace(/^"|"$/g, '') : Number(bare);
  }

  getRange(): RangeObject {
    const found = this.getRangeOrNullObject();
    if (!found) throw itemNotFound(`${this.name} does not stand for a range.`);
    return found;
  }

  getRangeOrNullObject(): RangeObject | null {
    const { sheet, rest } = splitSheet(this.formula.replace(/^=/, ''));
    const area = parseArea(rest);
    const on = this.context.workbook.sheets.find((candidate) => candidate.name === sheet);
    return area && on ? new RangeObject(this.context, on, area) : null;
  }

  delete(): void {
    demandWritable(this.context);
    this.definition.delete();
  }
}
