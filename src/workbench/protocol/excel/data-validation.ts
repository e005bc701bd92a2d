import { type Area, formatArea, quoteSheetName } from '../../engine/area';
import type { Sheet, Validation, ValidationRule } from '../../engine/workbook';
import { invalidArgument, itemNotFound, notImplemented } from '../errors';
import { RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable } from './context';
import { RangeAreasObject } from './range-areas';
import { RangeObject } from './range';

type Kind = Exclude<ValidationRule['kind'], 'list' | 'custom'>;

const TYPE_NAMES: Readonly<Record<ValidationRule['kind'], string>> = {
  list: 'List',
  custom: 'Custom',
  wholeNumber: 'WholeNumber',
  decimal: 'Decimal',
  date: 'Date',
  textLength: 'TextLength',
};
const COMPARISONS: readonly Kind[] = ['wholeNumber', 'decimal', 'date', 'textLength'];

const DEFAULTS: Omit<Validation, 'rule'> = {
  ignoreBlanks: true,
  alert: { show: true, style: 'Stop', title: '', message: '' },
  prompt: { show: true, title: '', message: '' },
};

export class DataValidationObject extends RemoteObject {
  readonly className = 'DataValidation';
  /** Alert and prompt may be set before the rule in the same batch; they are kept with the rule. */
  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
    private readonly area: Area,
  ) {
    super();
  }

  get type(): string {
    const rule = this.#rule();
    if (rule === undefined) return 'Inconsistent';
    return rule === null ? 'None' : TYPE_NAMES[rule.rule.kind];
  }

  get rule(): object | null {
    const rule = this.#rule();
    if (rule === undefined) return null;
    return rule === null ? {} : { [rule.rule.kind]: asExcel(rule.rule) };
  }

  set rule(rule: unknown) {
    demandWritable(this.context);
    const former = this.#rule() ?? DEFAULTS;
    this.sheet.validations.set(this.area, { ...former, rule: readRule(rule) });
  }

  get errorAlert(): object | null {
    const { show, style, title, message } = (this.#rule() ?? DEFAULTS).alert;
    return this.#rule() === undefined ? null : { showAlert: show, style, title, message };
  }

  set errorAlert(alert: {
    showAlert?: boolean;
    style?: Validation['alert']['style'];
    title?: string;
    message?: string;
  }) {
    this.#change({
      alert: {
        show: alert.showAlert ?? true,
        style: alert.style ?? 'Stop',
        title: alert.title ?? '',
        message: alert.message ?? '',
      },
    });
  }

  get prompt(): object | null {
    const { show, title, message } = (this.#rule() ?? DEFAULTS).prompt;
    return this.#rule() === undefined ? null : { showPrompt: show, title, message };
  }

  set prompt(prompt: { showPrompt?: boolean; title?: string; message?: string }) {
    this.#change({
      prompt: { show: prompt.showPrompt ?? true, title: prompt.title ?? '', message: prompt.message ?? '' },
    });
  }

  get ignoreBlanks(): boolean | null {
    const rule = this.#rule();
    return rule === undefined ? null : (rule ?? DEFAULTS).ignoreBlanks;
  }

  set ignoreBlanks(ignoreBlanks: boolean) {
    this.#change({ ignoreBlanks });
  }

  get valid(): boolean | null {
    const invalid = this.sheet.validations.invalidCells(this.area).length;
    if (invalid === 0) return true;
    return invalid === this.area.rows * this.area.columns ? false : null;
  }

  clear(): void {
    demandWritable(this.context);
    this.sheet.validations.clear(this.area);
  }

  getInvalidCells(): RangeAreasObject {
    const found = this.getInvalidCellsOrNullObject();
    if (!found) throw itemNotFound('All cells are valid.');
    return found;
  }

  getInvalidCellsOrNullObject(): RangeAreasObject | null {
    const cells = this.sheet.validations.invalidCells(this.area);
    return cells.length === 0 ? null : new RangeAreasObject(this.context, this.sheet, cells);
  }

  #rule(): Validation | null | undefined {
    return this.sheet.validations.ruleFor(this.area);
  }

  #change(change: Partial<Validation>): void {
    demandWritable(this.context);
    const former = this.#rule();
    if (!former) throw invalidArgument('The range has no single validation rule to change.');
    this.sheet.validations.set(this.area, { ...former, ...change });
  }
}

function readRule(rule: unknown): ValidationRule {
  if (typeof rule !== 'object' || rule === null) throw invalidArgument('A validation rule is expected.');
  if ('list' in rule) return readList(rule.list);
  if ('custom' in rule)
    return { kind: 'custom', formula: String((rule.custom as { formula?: unknown }).formula) };
  for (const kind of COMPARISONS) if (kind in rule) return readComparison(kind, Reflect.get(rule, kind));
  throw notImplemented(`the validation rule ${Object.keys(rule).join(', ')}`);
}

function readList(list: unknown): ValidationRule {
  const { source, inCellDropDown } = list as { source?: unknown; inCellDropDown?: unknown }; // checked below
  const dropDown = inCellDropDown !== false;
  if (source instanceof RangeObject) {
    const area = source.area;
    const corners = formatArea(area).replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
    return { kind: 'list', source: `=${quoteSheetName(source.sheet.name)}!${corners}`, dropDown };
  }
  if (typeof source !== 'string' || source === '') throw invalidArgument('A list needs a source.');
  return { kind: 'list', source, dropDown };
}

function readComparison(kind: Kind, value: unknown): ValidationRule {
  const { formula1, formula2, operator } = value as {
    formula1?: unknown;
    formula2?: unknown;
    operator?: unknown;
  };
  if (typeof formula1 !== 'string' && typeof formula1 !== 'number')
    throw invalidArgument('formula1 is missing.');
  const second = typeof formula2 === 'string' || typeof formula2 === 'number' ? { second: formula2 } : {};
  // office.js offers exactly the operators of this type.
  const comparison = (operator ?? 'Between') as Extract<ValidationRule, { kind: Kind }>['operator'];
  return { kind, operator: comparison, first: formula1, ...second };
}

function asExcel(rule: ValidationRule): object {
  if (rule.kind === 'list') return { inCellDropDown: rule.dropDown, source: rule.source };
  if (rule.kind === 'custom') return { formula: rule.formula };
  return { formula1: rule.first, formula2: rule.second, operator: rule.operator };
}
