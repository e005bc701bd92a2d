import { BooleanNumber, type IStyleBase } from '@univerjs/core';
import {
  AddConditionalRuleMutation,
  CFNumberOperator,
  CFRuleType,
  CFSubRuleType,
  CFTextOperator,
  ConditionalFormattingRuleModel,
  DeleteConditionalRuleMutation,
  type IConditionFormattingRule,
  SetConditionalRuleMutation,
} from '@univerjs/sheets-conditional-formatting';
import { type Area, columnLetters, intersect, lastColumn, lastRow } from './area';
import { subtract } from './area-difference';
import { type UniverSession, areaOf, rangeOf } from './univer-session';
import type {
  ComparisonOperator,
  Condition,
  ConditionStyle,
  ConditionalFormat,
  ConditionalFormats,
} from './workbook';

const NUMBER_OPERATORS: Readonly<Record<ComparisonOperator, CFNumberOperator>> = {
  Between: CFNumberOperator.between,
  NotBetween: CFNumberOperator.notBetween,
  EqualTo: CFNumberOperator.equal,
  NotEqualTo: CFNumberOperator.notEqual,
  GreaterThan: CFNumberOperator.greaterThan,
  LessThan: CFNumberOperator.lessThan,
  GreaterThanOrEqualTo: CFNumberOperator.greaterThanOrEqual,
  LessThanOrEqualTo: CFNumberOperator.lessThanOrEqual,
};
const TEXT_OPERATORS = {
  Contains: CFTextOperator.containsText,
  NotContains: CFTextOperator.notContainsText,
  BeginsWith: CFTextOperator.beginsWith,
  EndsWith: CFTextOperator.endsWith,
} as const;
const SIGNS: Partial<Readonly<Record<ComparisonOperator, string>>> = {
  EqualTo: '=',
  NotEqualTo: '<>',
  GreaterThan: '>',
  LessThan: '<',
  GreaterThanOrEqualTo: '>=',
  LessThanOrEqualTo: '<=',
};

/** The conditional formats of one sheet. What was asked for is kept beside the engine's rule, which says it differently. */
export class UniverConditionalFormats implements ConditionalFormats {
  readonly #asked = new Map<string, { condition: Condition; style: ConditionStyle }>();

  constructor(
    private readonly session: UniverSession,
    private readonly sheetId: string,
  ) {}

  touching(area: Area): readonly ConditionalFormat[] {
    return this.#rules()
      .filter((rule) => rule.ranges.some((range) => intersect(areaOf(range), area)))
      .map((rule) => this.#read(rule))
      .filter((format) => format !== undefined);
  }

  add(area: Area, condition: Condition, style: ConditionStyle): string {
    const cfId = this.session.newId('format');
    this.#asked.set(cfId, { condition, style });
    const rule = {
      cfId,
      ranges: [rangeOf(area)],
      stopIfTrue: false,
      rule: writeCondition(condition, style, area),
    };
    this.#execute(AddConditionalRuleMutation.id, { rule });
    return cfId;
  }

  change(id: string, condition: Condition, style: ConditionStyle): void {
    const rule = this.#rules().find((candidate) => candidate.cfId === id);
    const first = rule?.ranges[0];
    if (!rule || !first) return;
    this.#asked.set(id, { condition, style });
    const changed = { ...rule, rule: writeCondition(condition, style, areaOf(first)) };
    this.#execute(SetConditionalRuleMutation.id, { cfId: id, rule: changed });
  }

  remove(id: string): void {
    this.#asked.delete(id);
    this.#execute(DeleteConditionalRuleMutation.id, { cfId: id });
  }

  /** Takes the area out of every rule. */
  clear(area: Area): void {
    for (const rule of [...this.#rules()]) {
      const rest = rule.ranges.map(areaOf).flatMap((own) => subtract(own, area));
      if (rest.length === 0) this.remove(rule.cfId);
      else
        this.#execute(SetConditionalRuleMutation.id, {
          cfId: rule.cfId,
          rule: { ...rule, ranges: rest.map(rangeOf) },
        });
    }
  }

  /** Rules that end with the last of the given rows go on for more rows, as when a table grows. */
  extendDown(area: Area, count: number): void {
    for (const rule of [...this.#rules()]) {
      const areas = rule.ranges.map(areaOf);
      const grown = areas.map((own) =>
        lastRow(own) === lastRow(area) &&
        own.row <= area.row &&
        own.column >= area.column &&
        lastColumn(own) <= lastColumn(area)
          ? { ...own, rows: own.rows + count }
          : own,
      );
      if (!grown.some((own, index) => own !== areas[index])) continue;
      this.#execute(SetConditionalRuleMutation.id, {
        cfId: rule.cfId,
        rule: { ...rule, ranges: grown.map(rangeOf) },
      });
    }
  }

  #rules(): readonly IConditionFormattingRule[] {
    const model = this.session.injector.get(ConditionalFormattingRuleModel);
    return model.getSubunitRules(this.session.unitId, this.sheetId) ?? [];
  }

  #read(rule: IConditionFormattingRule): ConditionalFormat | undefined {
    const asked = this.#asked.get(rule.cfId);
    return asked && { id: rule.cfId, areas: rule.ranges.map(areaOf), ...asked };
  }

  #execute(command: string, params: Readonly<Record<string, unknown>>): void {
    this.session.execute(command, { subUnitId: this.sheetId, ...params });
  }
}

function writeCondition(
  condition: Condition,
  style: ConditionStyle,
  area: Area,
): IConditionFormattingRule['rule'] {
  const common = { type: CFRuleType.highlightCell as const, style: writeConditionStyle(style) };
  if (condition.kind === 'text') {
    const operator = TEXT_OPERATORS[condition.operator];
    return { ...common, subType: CFSubRuleType.text, operator, value: condition.text };
  }
  if (condition.kind === 'custom')
    return { ...common, subType: CFSubRuleType.formula, value: condition.formula };
  const [first, second] = [condition.first, condition.second].map((text) =>
    Number((text ?? '').replace(/^=/, '')),
  );
  if (Number.isNaN(first) || condition.first === '') {
    return { ...common, subType: CFSubRuleType.formula, value: comparison(condition, area) };
  }
  const operator = NUMBER_OPERATORS[condition.operator];
  const isPair = operator === CFNumberOperator.between || operator === CFNumberOperator.notBetween;
  return isPair
    ? { ...common, subType: CFSubRuleType.number, operator, value: [first ?? 0, second ?? 0] }
    : { ...common, subType: CFSubRuleType.number, operator, value: first ?? 0 };
}

/** A comparison with text or with another cell, as a formula about the first cell of the area. */
function comparison(condition: Extract<Condition, { kind: 'cellValue' }>, area: Area): string {
  const cell = `${columnLetters(area.column)}${String(area.row + 1)}`;
  const operand = (text: string): string => {
    const bare = text.replace(/^=/, '');
    return text.startsWith('=') || bare.startsWith('"') ? bare : `"${bare.replaceAll('"', '""')}"`;
  };
  const sign = SIGNS[condition.operator];
  if (sign) return `=${cell}${sign}${operand(condition.first)}`;
  const inside = `AND(${cell}>=${operand(condition.first)},${cell}<=${operand(condition.second ?? '')})`;
  return condition.operator === 'Between' ? `=${inside}` : `=NOT(${inside})`;
}

function writeConditionStyle(style: ConditionStyle): IStyleBase {
  return {
    ...(style.fill ? { bg: { rgb: style.fill } } : {}),
    ...(style.fontColor ? { cl: { rgb: style.fontColor } } : {}),
    ...(style.bold === undefined ? {} : { bl: style.bold ? BooleanNumber.TRUE : BooleanNumber.FALSE }),
    ...(style.italic === undefined ? {} : { it: style.italic ? BooleanNumber.TRUE : BooleanNumber.FALSE }),
    ...(style.strikethrough ? { st: { s: BooleanNumber.TRUE } } : {}),
  };
}
