import {
  DataValidationErrorStyle,
  DataValidationOperator,
  DataValidationRenderMode,
  DataValidationType,
  type ISheetDataValidationRule,
} from '@univerjs/core';
import {
  AddDataValidationMutation,
  RemoveDataValidationMutation,
  UpdateDataValidationMutation,
} from '@univerjs/data-validation';
import { IDefinedNamesService } from '@univerjs/engine-formula';
import { SheetDataValidationModel } from '@univerjs/sheets-data-validation';
import { type Area, intersect, lastColumn, lastRow, parseArea, splitSheet } from './area';
import { subtract } from './area-difference';
import { valueOf } from './cell-entry';
import { type UniverSession, areaOf, rangeOf } from './univer-session';
import type { UniverSheet } from './univer-sheet';
import type { ComparisonOperator, Scalar, Validation, ValidationRule, Validations } from './workbook';

const OPERATORS: Readonly<Record<ComparisonOperator, DataValidationOperator>> = {
  Between: DataValidationOperator.BETWEEN,
  NotBetween: DataValidationOperator.NOT_BETWEEN,
  EqualTo: DataValidationOperator.EQUAL,
  NotEqualTo: DataValidationOperator.NOT_EQUAL,
  GreaterThan: DataValidationOperator.GREATER_THAN,
  LessThan: DataValidationOperator.LESS_THAN,
  GreaterThanOrEqualTo: DataValidationOperator.GREATER_THAN_OR_EQUAL,
  LessThanOrEqualTo: DataValidationOperator.LESS_THAN_OR_EQUAL,
};
const TYPES = {
  wholeNumber: DataValidationType.WHOLE,
  decimal: DataValidationType.DECIMAL,
  date: DataValidationType.DATE,
  textLength: DataValidationType.TEXT_LENGTH,
} as const;
const ALERTS = {
  Stop: DataValidationErrorStyle.STOP,
  Warning: DataValidationErrorStyle.WARNING,
  Information: DataValidationErrorStyle.INFO,
} as const;
/** SheetUpdateType of the engine: settings, range, options. */
const UPDATE_RANGE = 1;

/** The validation rules of one sheet. Like Excel, a cell has at most one: a new rule takes the cells from older ones. */
export class UniverValidations implements Validations {
  constructor(
    private readonly session: UniverSession,
    private readonly sheet: UniverSheet,
  ) {}

  ruleFor(area: Area): Validation | null | undefined {
    const touching = this.#rules().filter((rule) =>
      rule.ranges.some((range) => intersect(areaOf(range), area)),
    );
    const [only] = touching;
    if (!only) return null;
    const covered = only.ranges.some((range) => {
      const common = intersect(areaOf(range), area);
      return common?.rows === area.rows && common.columns === area.columns;
    });
    return touching.length === 1 && covered ? readRule(only) : undefined;
  }

  set(area: Area, validation: Validation): void {
    this.clear(area);
    const rule = { uid: this.session.newId('validation'), ranges: [rangeOf(area)], ...writeRule(validation) };
    this.#execute(AddDataValidationMutation.id, { rule });
  }

  clear(area: Area): void {
    for (const rule of this.#rules()) {
      const areas = rule.ranges.map(areaOf);
      if (!areas.some((own) => intersect(own, area))) continue;
      this.#cover(
        rule,
        areas.flatMap((own) => subtract(own, area)),
      );
    }
  }

  /** Rules that end with the last of the given rows go on for more rows, as when a table grows. */
  extendDown(area: Area, count: number): void {
    for (const rule of this.#rules()) {
      const areas = rule.ranges.map(areaOf);
      const grown = areas.map((own) =>
        lastRow(own) === lastRow(area) &&
        own.row <= area.row &&
        intersect(own, area) &&
        own.column >= area.column &&
        lastColumn(own) <= lastColumn(area)
          ? { ...own, rows: own.rows + count }
          : own,
      );
      if (grown.some((own, index) => own !== areas[index])) this.#cover(rule, grown);
    }
  }

  invalidCells(area: Area): Area[] {
    const invalid: Area[] = [];
    for (const rule of this.#rules()) {
      const accepts = this.#acceptor(rule);
      for (const common of rule.ranges.map((range) => intersect(areaOf(range), area))) {
        if (!common) continue;
        for (const [down, line] of this.sheet.values(common).entries()) {
          for (const [right, value] of line.entries()) {
            if (accepts(value)) continue;
            invalid.push({ row: common.row + down, column: common.column + right, rows: 1, columns: 1 });
          }
        }
      }
    }
    return invalid.sort((a, b) => a.row - b.row || a.column - b.column);
  }

  hasList(row: number, column: number): boolean {
    const cell = { row, column, rows: 1, columns: 1 };
    return this.ruleFor(cell)?.rule.kind === 'list';
  }

  #rules(): readonly ISheetDataValidationRule[] {
    return this.session.injector.get(SheetDataValidationModel).getRules(this.session.unitId, this.sheet.id);
  }

  #cover(rule: ISheetDataValidationRule, areas: readonly Area[]): void {
    if (areas.length === 0) this.#execute(RemoveDataValidationMutation.id, { ruleId: rule.uid });
    else {
      const payload = { type: UPDATE_RANGE, payload: areas.map(rangeOf) };
      this.#execute(UpdateDataValidationMutation.id, { ruleId: rule.uid, payload });
    }
  }

  #execute(command: string, params: Readonly<Record<string, unknown>>): void {
    this.session.execute(command, { subUnitId: this.sheet.id, source: 'patched', ...params });
  }

  #acceptor(rule: ISheetDataValidationRule): (value: Scalar) => boolean {
    const { rule: wanted, ignoreBlanks } = readRule(rule);
    const blank = (value: Scalar): boolean => value === '' && ignoreBlanks;
    if (wanted.kind === 'custom') return () => true;
    if (wanted.kind !== 'list') return (value) => blank(value) || meets(value, wanted);
    const allowed = new Set(this.#listed(wanted.source).map((item) => item.toLowerCase()));
    return (value) => blank(value) || allowed.has(String(value).toLowerCase());
  }

  /** The items of a list: comma text, a reference or a defined name. */
  #listed(source: string): string[] {
    if (!source.startsWith('=')) return source.split(',').map((item) => item.trim());
    const named = this.session.injector
      .get(IDefinedNamesService)
      .getValueByName(this.session.unitId, source.slice(1))?.formulaOrRefString;
    const { sheet, rest } = splitSheet((named ?? source).replace(/^=/, ''));
    const area = parseArea(rest);
    const book = this.session.book;
    const worksheet = sheet === undefined ? this.sheet.worksheet : book.getSheetBySheetName(sheet);
    if (!area || !worksheet) return [];
    const items: string[] = [];
    for (let row = area.row; row <= lastRow(area); row++) {
      for (let column = area.column; column <= lastColumn(area); column++) {
        items.push(String(valueOf(worksheet.getCellMatrix().getValue(row, column) ?? undefined)));
      }
    }
    return items.filter((item) => item !== '');
  }
}

function meets(value: Scalar, rule: Extract<ValidationRule, { operator: ComparisonOperator }>): boolean {
  const number = rule.kind === 'textLength' ? String(value).length : value;
  if (typeof number !== 'number' || (rule.kind === 'wholeNumber' && !Number.isInteger(number))) return false;
  const [first, second] = [Number(rule.first), Number(rule.second ?? rule.first)];
  switch (rule.operator) {
    case 'Between':
      return number >= first && number <= second;
    case 'NotBetween':
      return number < first || number > second;
    case 'EqualTo':
      return number === first;
    case 'NotEqualTo':
      return number !== first;
    case 'GreaterThan':
      return number > first;
    case 'LessThan':
      return number < first;
    case 'GreaterThanOrEqualTo':
      return number >= first;
    case 'LessThanOrEqualTo':
      return number <= first;
  }
}

function writeRule(validation: Validation): Omit<ISheetDataValidationRule, 'uid' | 'ranges'> {
  const { rule, alert, prompt } = validation;
  return {
    ...writeCondition(rule),
    allowBlank: validation.ignoreBlanks,
    showErrorMessage: alert.show,
    errorStyle: ALERTS[alert.style],
    errorTitle: alert.title,
    error: alert.message,
    showInputMessage: prompt.show,
    promptTitle: prompt.title,
    prompt: prompt.message,
    renderMode: DataValidationRenderMode.ARROW,
  };
}

function writeCondition(
  rule: ValidationRule,
): Pick<ISheetDataValidationRule, 'type'> & Partial<ISheetDataValidationRule> {
  if (rule.kind === 'list')
    return { type: DataValidationType.LIST, formula1: rule.source, showDropDown: rule.dropDown };
  if (rule.kind === 'custom') return { type: DataValidationType.CUSTOM, formula1: rule.formula };
  return {
    type: TYPES[rule.kind],
    operator: OPERATORS[rule.operator],
    formula1: String(rule.first),
    ...(rule.second === undefined ? {} : { formula2: String(rule.second) }),
  };
}

function readRule(rule: ISheetDataValidationRule): Validation {
  return {
    rule: readCondition(rule),
    ignoreBlanks: rule.allowBlank ?? true,
    alert: {
      show: rule.showErrorMessage ?? true,
      style: keyOf(ALERTS, rule.errorStyle) ?? 'Stop',
      title: rule.errorTitle ?? '',
      message: rule.error ?? '',
    },
    prompt: {
      show: rule.showInputMessage ?? true,
      title: rule.promptTitle ?? '',
      message: rule.prompt ?? '',
    },
  };
}

function readCondition(rule: ISheetDataValidationRule): ValidationRule {
  const first = rule.formula1 ?? '';
  const kind = keyOf(TYPES, rule.type);
  if (kind) {
    const operator = keyOf(OPERATORS, rule.operator) ?? 'Between';
    return { kind, operator, first, ...(rule.formula2 === undefined ? {} : { second: rule.formula2 }) };
  }
  const custom: string = DataValidationType.CUSTOM;
  if (rule.type === custom) return { kind: 'custom', formula: first };
  return { kind: 'list', source: first, dropDown: rule.showDropDown ?? true };
}

function keyOf<K extends string, V>(table: Readonly<Record<K, V>>, value: unknown): K | undefined {
  return (Object.keys(table) as K[]).find((key) => table[key] === value); // keys of a literal table
}
