import type { Area } from '../../engine/area';
import type {
  ComparisonOperator,
  Condition,
  ConditionStyle,
  ConditionalFormat,
  Sheet,
} from '../../engine/workbook';
import { invalidArgument, invalidOperation, itemNotFound, notImplemented } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable } from './context';
import { RangeObject } from './range';

const KINDS = { CellValue: 'cellValue', ContainsText: 'text', Custom: 'custom' } as const;
const EMPTY: Readonly<Record<string, Condition>> = {
  CellValue: { kind: 'cellValue', operator: 'EqualTo', first: '' },
  ContainsText: { kind: 'text', operator: 'Contains', text: '' },
  Custom: { kind: 'custom', formula: '=FALSE' },
};

export class ConditionalFormatCollectionObject extends RemoteCollection {
  readonly className = 'ConditionalFormatCollection';

  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
    private readonly area: Area,
  ) {
    super();
  }

  items(): readonly ConditionalFormatObject[] {
    return this.sheet.conditionalFormats
      .touching(this.area)
      .map((format) => new ConditionalFormatObject(this.context, this.sheet, format.id));
  }

  getItem(id: unknown): ConditionalFormatObject {
    const found = this.getItemOrNullObject(id);
    if (!found) throw itemNotFound(`No conditional format ${String(id)}.`);
    return found;
  }

  getItemOrNullObject(id: unknown): ConditionalFormatObject | null {
    return this.items().find((item) => item.id === id) ?? null;
  }

  add(type: unknown): ConditionalFormatObject {
    demandWritable(this.context);
    const condition = EMPTY[String(type)];
    if (!condition) throw notImplemented(`ConditionalFormatCollection.add('${String(type)}')`);
    const id = this.sheet.conditionalFormats.add(this.area, condition, {});
    return new ConditionalFormatObject(this.context, this.sheet, id);
  }

  clearAll(): void {
    demandWritable(this.context);
    this.sheet.conditionalFormats.clear(this.area);
  }
}

export class ConditionalFormatObject extends RemoteObject {
  readonly className = 'ConditionalFormat';

  constructor(
    readonly context: ExcelContext,
    readonly sheet: Sheet,
    readonly id: string,
  ) {
    super();
  }

  override get identity(): string {
    return this.id;
  }

  get type(): string {
    const kind = this.format.condition.kind;
    return Object.entries(KINDS).find(([, value]) => value === kind)?.[0] ?? kind;
  }

  get priority(): number {
    return this.sheet.conditionalFormats
      .touching({ row: 0, column: 0, rows: Number.MAX_SAFE_INTEGER, columns: Number.MAX_SAFE_INTEGER })
      .findIndex((format) => format.id === this.id);
  }

  get cellValue(): CellValueConditionObject {
    return new CellValueConditionObject(this.#of('cellValue'));
  }

  get cellValueOrNullObject(): CellValueConditionObject | null {
    return this.format.condition.kind === 'cellValue' ? this.cellValue : null;
  }

  get textComparison(): TextConditionObject {
    return new TextConditionObject(this.#of('text'));
  }

  get textComparisonOrNullObject(): TextConditionObject | null {
    return this.format.condition.kind === 'text' ? this.textComparison : null;
  }

  get custom(): CustomConditionObject {
    return new CustomConditionObject(this.#of('custom'));
  }

  get customOrNullObject(): CustomConditionObject | null {
    return this.format.condition.kind === 'custom' ? this.custom : null;
  }

  getRange(): RangeObject {
    const [area] = this.format.areas;
    if (!area || this.format.areas.length > 1) throw invalidOperation('The format covers several areas.');
    return new RangeObject(this.context, this.sheet, area);
  }

  delete(): void {
    demandWritable(this.context);
    this.sheet.conditionalFormats.remove(this.id);
  }

  get format(): ConditionalFormat {
    const everywhere = { row: 0, column: 0, rows: Number.MAX_SAFE_INTEGER, columns: Number.MAX_SAFE_INTEGER };
    const found = this.sheet.conditionalFormats.touching(everywhere).find((format) => format.id === this.id);
    if (!found) throw itemNotFound(`The conditional format ${this.id} is gone.`);
    return found;
  }

  change(condition: Condition): void {
    demandWritable(this.context);
    this.sheet.conditionalFormats.change(this.id, condition, this.format.style);
  }

  restyle(style: ConditionStyle): void {
    demandWritable(this.context);
    const { condition, style: former } = this.format;
    this.sheet.conditionalFormats.change(this.id, condition, { ...former, ...style });
  }

  #of(kind: Condition['kind']): this {
    if (this.format.condition.kind !== kind)
      throw invalidOperation('The conditional format is of another type.');
    return this;
  }
}

abstract class ConditionObject extends RemoteObject {
  constructor(protected readonly owner: ConditionalFormatObject) {
    super();
  }

  get format(): ConditionalRangeFormatObject {
    return new ConditionalRangeFormatObject(this.owner);
  }
}

class CellValueConditionObject extends ConditionObject {
  readonly className = 'CellValueConditionalFormat';

  get rule(): object {
    const { condition } = this.owner.format;
    if (condition.kind !== 'cellValue') return {};
    return { formula1: condition.first, formula2: condition.second, operator: condition.operator };
  }

  set rule(rule: { formula1?: string | number; formula2?: string | number | null; operator?: unknown }) {
    if (rule.formula1 === undefined) throw invalidArgument('A cell value rule needs formula1.');
    const second =
      rule.formula2 === undefined || rule.formula2 === null ? {} : { second: String(rule.formula2) };
    const operator = rule.operator as ComparisonOperator; // office.js offers exactly these
    this.owner.change({ kind: 'cellValue', operator, first: String(rule.formula1), ...second });
  }
}

class TextConditionObject extends ConditionObject {
  readonly className = 'TextConditionalFormat';

  get rule(): object {
    const { condition } = this.owner.format;
    return condition.kind === 'text' ? { operator: condition.operator, text: condition.text } : {};
  }

  set rule(rule: { operator?: unknown; text?: unknown }) {
    const operator = rule.operator as Extract<Condition, { kind: 'text' }>['operator']; // office.js offers exactly these
    this.owner.change({ kind: 'text', operator, text: String(rule.text) });
  }
}

class CustomConditionObject extends ConditionObject {
  readonly className = 'CustomConditionalFormat';

  get rule(): ConditionalRuleObject {
    return new ConditionalRuleObject(this.owner);
  }
}

class ConditionalRuleObject extends RemoteObject {
  readonly className = 'ConditionalFormatRule';

  constructor(private readonly owner: ConditionalFormatObject) {
    super();
  }

  get formula(): string {
    const { condition } = this.owner.format;
    return condition.kind === 'custom' ? condition.formula : '';
  }

  set formula(formula: string) {
    this.owner.change({ kind: 'custom', formula });
  }
}

class ConditionalRangeFormatObject extends RemoteObject {
  readonly className = 'ConditionalRangeFormat';

  constructor(private readonly owner: ConditionalFormatObject) {
    super();
  }

  get fill(): ConditionalRangeFillObject {
    return new ConditionalRangeFillObject(this.owner);
  }

  get font(): ConditionalRangeFontObject {
    return new ConditionalRangeFontObject(this.owner);
  }
}

class ConditionalRangeFillObject extends RemoteObject {
  readonly className = 'ConditionalRangeFill';

  constructor(private readonly owner: ConditionalFormatObject) {
    super();
  }

  get color(): string | null {
    return this.owner.format.style.fill ?? null;
  }

  set color(fill: string) {
    this.owner.restyle({ fill });
  }
}

class ConditionalRangeFontObject extends RemoteObject {
  readonly className = 'ConditionalRangeFont';

  constructor(private readonly owner: ConditionalFormatObject) {
    super();
  }

  get color(): string | null {
    return this.owner.format.style.fontColor ?? null;
  }

  set color(fontColor: string) {
    this.owner.restyle({ fontColor });
  }

  get bold(): boolean | null {
    return this.owner.format.style.bold ?? null;
  }

  set bold(bold: boolean) {
    this.owner.restyle({ bold });
  }

  get italic(): boolean | null {
    return this.owner.format.style.italic ?? null;
  }

  set italic(italic: boolean) {
    this.owner.restyle({ italic });
  }

  get strikethrough(): boolean | null {
    return this.owner.format.style.strikethrough ?? null;
  }

  set strikethrough(strikethrough: boolean) {
    this.owner.restyle({ strikethrough });
  }
}
