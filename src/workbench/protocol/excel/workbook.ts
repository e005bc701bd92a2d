import type { CultureInfo } from './culture';
import { invalidOperation, itemNotFound, notImplemented } from '../errors';
import { RemoteObject } from '../remote-object';
import { ApplicationObject, RuntimeObject } from './application';
import { type ExcelContext, demandFocus } from './context';
import { FunctionsObject } from './functions';
import { NamedItemCollectionObject } from './names';
import { RangeAreasObject } from './range-areas';
import { RangeObject } from './range';
import { SettingCollectionObject } from './settings';
import { TableCollectionObject } from './table';
import { WorksheetCollectionObject } from './worksheet';

/** `context.workbook`: the object every path of a batch starts from. */
export class WorkbookObject extends RemoteObject {
  readonly className = 'Workbook';
  readonly application: ApplicationObject;
  readonly functions: FunctionsObject;
  readonly _Runtime: RuntimeObject;
  isDirty = false;

  constructor(
    private readonly context: ExcelContext,
    culture: CultureInfo,
  ) {
    super();
    this.application = new ApplicationObject(context, culture);
    this.functions = new FunctionsObject(context);
    this._Runtime = new RuntimeObject(context);
  }

  get name(): string {
    return this.context.workbook.name;
  }

  get readOnly(): boolean {
    return this.context.faults.readOnly;
  }

  get autoSave(): boolean {
    return true;
  }

  get previouslySaved(): boolean {
    return true;
  }

  get worksheets(): WorksheetCollectionObject {
    return new WorksheetCollectionObject(this.context);
  }

  get tables(): TableCollectionObject {
    return new TableCollectionObject(this.context);
  }

  get names(): NamedItemCollectionObject {
    return new NamedItemCollectionObject(this.context);
  }

  get settings(): SettingCollectionObject {
    return new SettingCollectionObject(this.context);
  }

  getActiveCell(): RangeObject {
    const { sheet, areas } = this.context.workbook.selection;
    const area = areas.at(-1) ?? { row: 0, column: 0 };
    return new RangeObject(this.context, sheet, { row: area.row, column: area.column, rows: 1, columns: 1 });
  }

  getSelectedRange(): RangeObject {
    demandFocus(this.context);
    const { sheet, areas } = this.context.workbook.selection;
    const [area] = areas;
    if (!area) throw itemNotFound('Nothing is selected.');
    if (areas.length > 1) throw invalidOperation('Several areas are selected.');
    return new RangeObject(this.context, sheet, area);
  }

  getSelectedRanges(): RangeAreasObject {
    const { sheet, areas } = this.context.workbook.selection;
    return new RangeAreasObject(this.context, sheet, areas);
  }

  createAndOpenWorkbook(base64: unknown): void {
    this.context.openWorkbook(typeof base64 === 'string' ? base64 : undefined);
  }

  save(behaviour: unknown): void {
    if (behaviour === 'Prompt') throw notImplemented("Workbook.save('Prompt')");
    this.isDirty = false;
  }

  _GetRangeForEventByReferenceId(reference: unknown): RangeObject {
    const found = this._GetRangeOrNullObjectForEventByReferenceId(reference);
    if (!found) throw itemNotFound('The range of the event is gone.');
    return found;
  }

  _GetRangeOrNullObjectForEventByReferenceId(reference: unknown): RangeObject | null {
    const found = this.context.eventRanges.get(String(reference));
    return found && !found.sheet.isDeleted ? new RangeObject(this.context, found.sheet, found.area) : null;
  }
}
