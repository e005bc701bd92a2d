import { type Area, formatArea, intersect } from '../engine/area';
import type { Author, CellsChanged, Scalar, Sheet, Table, Workbook, WorkbookEvent } from '../engine/workbook';
import type { HostEvent } from '../host';
import type { ExcelContext } from './excel/context';
import { isOffered } from './requirements';

/** Rich API event types. */
const EVENT = {
  sheetChanged: 10,
  sheetActivated: 11,
  sheetDeactivated: 12,
  sheetAdded: 13,
  sheetSelection: 14,
  sheetDeleted: 15,
  tableSelection: 100,
  tableChanged: 101,
  tableAdded: 102,
  tableDeleted: 103,
} as const;

/** The target of events of the workbook and its collections. */
export const WORKBOOK_TARGET = 'Workbook';

const CHANGE_TYPES: Readonly<Record<CellsChanged['change'], string>> = {
  edited: 'RangeEdited',
  rowsInserted: 'RowInserted',
  rowsDeleted: 'RowDeleted',
  columnsInserted: 'ColumnInserted',
  columnsDeleted: 'ColumnDeleted',
};

/** `triggerSource` of worksheet events; those of tables never have it. */
const TRIGGER_SOURCE = { set: 'ExcelApi', version: '1.14' };

/** Event ranges older than this many events are forgotten; nobody asks for them any more. */
const REMEMBERED_RANGES = 1000;

/** Says what happened in the workbook in the events of the rich API, for the targets somebody registered for. */
export class EventTranslator {
  readonly #registered = new Map<string, number>();
  #nextRange = 1;

  constructor(
    private readonly context: ExcelContext,
    private readonly offered: Readonly<Record<string, string>>,
    private readonly send: (event: HostEvent) => void,
  ) {}

  register(type: number, targetId: string, on: boolean): void {
    const key = `${String(type)} ${targetId}`;
    const count = (this.#registered.get(key) ?? 0) + (on ? 1 : -1);
    if (count > 0) this.#registered.set(key, count);
    else this.#registered.delete(key);
  }

  translate(event: WorkbookEvent): void {
    if (!this.context.runtime.enableEvents) return;
    switch (event.kind) {
      case 'cellsChanged':
        this.#changed(event);
        return;
      case 'selectionChanged':
        this.#selected(event.sheet, event.areas);
        return;
      case 'sheetActivated':
        if (event.previous) this.#ofSheet(EVENT.sheetDeactivated, event.previous, {});
        this.#ofSheet(EVENT.sheetActivated, event.sheet, {});
        return;
      case 'sheetAdded':
      case 'sheetDeleted': {
        const type = event.kind === 'sheetAdded' ? EVENT.sheetAdded : EVENT.sheetDeleted;
        this.#to(type, [WORKBOOK_TARGET], { worksheetId: event.sheet.id, source: sourceOf(event.author) });
        return;
      }
      case 'tableAdded':
      case 'tableDeleted':
        this.#tableCame(
          event.kind === 'tableAdded' ? EVENT.tableAdded : EVENT.tableDeleted,
          event.table,
          event.author,
        );
    }
  }

  #changed(event: CellsChanged): void {
    const { sheet, area } = event;
    if (this.#isSilent(event)) return;
    const args = {
      changeType: CHANGE_TYPES[event.change],
      source: sourceOf(event.author),
      worksheetId: sheet.id,
      shiftDirection: 'None',
      ...details(event),
    };
    if (this.#wants(EVENT.sheetChanged, [sheet.id, WORKBOOK_TARGET])) {
      const where = { address: formatArea(area), referenceId: this.#remember(sheet, area) };
      this.#ofSheet(EVENT.sheetChanged, sheet, { ...args, ...this.#trigger(event.author), ...where });
    }
    for (const table of tablesOn(this.context.workbook, sheet)) {
      const common = intersect(table.area, area);
      const targets = [table.id, sheet.id, WORKBOOK_TARGET];
      if (!common || !this.#wants(EVENT.tableChanged, targets)) continue;
      const where = {
        tableId: table.id,
        address: formatArea(common),
        referenceId: this.#remember(sheet, common),
      };
      this.#to(EVENT.tableChanged, targets, { ...args, ...where });
    }
  }

  #trigger(author: Author): { readonly triggerSource?: string } {
    if (!isOffered(this.offered, TRIGGER_SOURCE)) return {};
    return { triggerSource: author === 'add-in' ? 'ThisLocalAddin' : 'Unknown' };
  }

  /** Choosing in a cell with a dropdown raises nothing while that fault is on. */
  #isSilent(event: CellsChanged): boolean {
    const { faults } = this.context;
    if (!faults.silentDropdowns || event.author !== 'user' || event.change !== 'edited') return false;
    const isCell = event.area.rows === 1 && event.area.columns === 1;
    return isCell && event.sheet.validations.ruleFor(event.area)?.rule.kind === 'list';
  }

  #selected(sheet: Sheet, areas: readonly Area[]): void {
    const address = areas.map(formatArea).join(',');
    this.#ofSheet(EVENT.sheetSelection, sheet, { address });
    for (const table of tablesOn(this.context.workbook, sheet)) {
      const inside = areas.map((area) => intersect(table.area, area)).filter((area) => area !== null);
      const args = { worksheetId: sheet.id, tableId: table.id, address: inside.map(formatArea).join(',') };
      this.#to(EVENT.tableSelection, [table.id], args);
    }
  }

  #tableCame(type: number, table: Table, author: Author): void {
    const args = { tableId: table.id, worksheetId: table.sheet.id, source: sourceOf(author) };
    this.#to(type, [table.sheet.id, WORKBOOK_TARGET], args);
  }

  #ofSheet(type: number, sheet: Sheet, args: object): void {
    this.#to(type, [sheet.id, WORKBOOK_TARGET], { worksheetId: sheet.id, ...args });
  }

  #to(type: number, targets: readonly string[], args: object): void {
    for (const targetId of targets) {
      if (this.#wants(type, [targetId])) this.send({ type, targetId, args: JSON.stringify(args) });
    }
  }

  #wants(type: number, targets: readonly string[]): boolean {
    return targets.some((targetId) => this.#registered.has(`${String(type)} ${targetId}`));
  }

  #remember(sheet: Sheet, area: Area): string {
    const { eventRanges } = this.context;
    const id = `event-range-${String(this.#nextRange++)}`;
    eventRanges.set(id, { sheet, area });
    const [oldest] = eventRanges.keys();
    if (eventRanges.size > REMEMBERED_RANGES && oldest !== undefined) eventRanges.delete(oldest);
    return id;
  }
}

function sourceOf(author: Author): string {
  return author === 'remote' ? 'Remote' : 'Local';
}

function details(event: CellsChanged): object {
  if (event.before === undefined || event.after === undefined) return {};
  return {
    valueBefore: event.before,
    valueAfter: event.after,
    valueTypeBefore: typeName(event.before),
    valueTypeAfter: typeName(event.after),
  };
}

function typeName(value: Scalar): string {
  if (value === '') return 'Empty';
  if (typeof value === 'string') return 'String';
  return typeof value === 'number' ? 'Double' : 'Boolean';
}

function tablesOn(workbook: Workbook, sheet: Sheet): readonly Table[] {
  return workbook.tables.filter((table) => table.sheet.id === sheet.id);
}
