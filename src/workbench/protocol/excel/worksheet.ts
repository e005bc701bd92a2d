import { type Area, SHEET_COLUMNS, SHEET_ROWS, parseArea, splitSheet } from '../../engine/area';
import type { Sheet, Visibility } from '../../engine/workbook';
import { RichApiError, invalidArgument, invalidOperation, itemAlreadyExists, itemNotFound } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, demandFocus, demandWritable, textArgument, wholeArgument } from './context';
import { FreezePanesObject } from './freeze-panes';
import { NamedItemCollectionObject } from './names';
import { PageBreakCollectionObject } from './page-breaks';
import { PageLayoutObject } from './page-layout';
import { RangeAreasObject } from './range-areas';
import { RangeObject } from './range';
import { TableCollectionObject } from './table';

const EVERYTHING: Area = { row: 0, column: 0, rows: SHEET_ROWS, columns: SHEET_COLUMNS };
const pageLayouts = new WeakMap<Sheet, PageLayoutObject>();
const pageBreaks = {
  horizontal: new WeakMap<Sheet, PageBreakCollectionObject>(),
  vertical: new WeakMap<Sheet, PageBreakCollectionObject>(),
};
/** Switches of the window that nothing else depends on. */
const views = new WeakMap<Sheet, { gridlines: boolean; headings: boolean }>();

export class WorksheetObject extends RemoteObject {
  readonly className = 'Worksheet';

  constructor(
    private readonly context: ExcelContext,
    readonly sheet: Sheet,
  ) {
    super();
  }

  override get identity(): string {
    return this.sheet.id;
  }

  get id(): string {
    return this.sheet.id;
  }

  get name(): string {
    return this.sheet.name;
  }

  set name(name: string) {
    demandWritable(this.context);
    demandFreeName(this.context, name, this.sheet);
    this.sheet.name = name;
  }

  get position(): number {
    return this.sheet.position;
  }

  set position(position: number) {
    demandWritable(this.context);
    if (position < 0 || position >= this.context.workbook.sheets.length) throw invalidArgument('position');
    this.sheet.position = position;
  }

  get visibility(): Visibility {
    return this.sheet.visibility;
  }

  set visibility(visibility: Visibility) {
    demandWritable(this.context);
    const others = this.context.workbook.sheets.filter((sheet) => sheet !== this.sheet);
    if (visibility !== 'Visible') {
      const next = others.find((sheet) => sheet.visibility === 'Visible');
      if (!next) throw invalidOperation('A workbook needs at least one visible worksheet.');
      if (this.context.workbook.activeSheet === this.sheet) this.context.workbook.activate(next);
    }
    this.sheet.visibility = visibility;
  }

  get tabColor(): string {
    return this.sheet.tabColor;
  }

  set tabColor(color: string) {
    demandWritable(this.context);
    this.sheet.tabColor = color;
  }

  get showGridlines(): boolean {
    return this.#view.gridlines;
  }

  set showGridlines(shown: boolean) {
    this.#view.gridlines = shown;
  }

  get showHeadings(): boolean {
    return this.#view.headings;
  }

  set showHeadings(shown: boolean) {
    this.#view.headings = shown;
  }

  get tables(): TableCollectionObject {
    return new TableCollectionObject(this.context, this.sheet);
  }

  get names(): NamedItemCollectionObject {
    return new NamedItemCollectionObject(this.context);
  }

  get freezePanes(): FreezePanesObject {
    return new FreezePanesObject(this.context, this.sheet);
  }

  get pageLayout(): PageLayoutObject {
    const layout = pageLayouts.get(this.sheet) ?? new PageLayoutObject(this.context, this.sheet);
    pageLayouts.set(this.sheet, layout);
    return layout;
  }

  get horizontalPageBreaks(): PageBreakCollectionObject {
    return this.#breaks('horizontal');
  }

  get verticalPageBreaks(): PageBreakCollectionObject {
    return this.#breaks('vertical');
  }

  getRange(address: unknown): RangeObject {
    if (address === undefined || address === null || address === '') return this.#range(EVERYTHING);
    const text = textArgument(address, 'address');
    const area = parseArea(splitSheet(text).rest) ?? this.#named(text);
    if (!area) throw invalidArgument(`There is no range ${text}.`);
    return this.#range(area);
  }

  getRanges(address: unknown): RangeAreasObject {
    const addresses = textArgument(address ?? 'A1:XFD1048576', 'address').split(/[,;]/);
    const areas = addresses.map((text) => this.getRange(text).area);
    return new RangeAreasObject(this.context, this.sheet, areas);
  }

  getRangeByIndexes(row: unknown, column: unknown, rows: unknown, columns: unknown): RangeObject {
    return this.#range({
      row: wholeArgument(row, 'startRow'),
      column: wholeArgument(column, 'startColumn'),
      rows: wholeArgument(rows, 'rowCount'),
      columns: wholeArgument(columns, 'columnCount'),
    });
  }

  getCell(row: unknown, column: unknown): RangeObject {
    return this.getRangeByIndexes(row, column, 1, 1);
  }

  getUsedRange(valuesOnly: unknown): RangeObject {
    return (
      this.getUsedRangeOrNullObject(valuesOnly) ?? this.#range({ row: 0, column: 0, rows: 1, columns: 1 })
    );
  }

  getUsedRangeOrNullObject(valuesOnly: unknown): RangeObject | null {
    const used = this.sheet.usedArea(valuesOnly === true);
    return used && this.#range(used);
  }

  activate(): void {
    demandFocus(this.context);
    if (this.sheet.visibility !== 'Visible')
      throw invalidOperation('A hidden worksheet cannot be activated.');
    this.context.workbook.activate(this.sheet);
  }

  calculate(): Promise<void> {
    return this.context.workbook.settled();
  }

  delete(): void {
    demandWritable(this.context);
    const { workbook } = this.context;
    const others = workbook.sheets.filter((sheet) => sheet !== this.sheet && sheet.visibility === 'Visible');
    const [next] = others;
    if (!next) throw invalidOperation('A workbook needs at least one visible worksheet.');
    for (const table of workbook.tables) if (table.sheet === this.sheet) table.delete();
    if (workbook.activeSheet === this.sheet) workbook.activate(next);
    this.sheet.delete();
  }

  get #view(): { gridlines: boolean; headings: boolean } {
    const view = views.get(this.sheet) ?? { gridlines: true, headings: true };
    views.set(this.sheet, view);
    return view;
  }

  #breaks(direction: keyof typeof pageBreaks): PageBreakCollectionObject {
    const known = pageBreaks[direction];
    const breaks =
      known.get(this.sheet) ?? new PageBreakCollectionObject(this.context, this.sheet, direction);
    known.set(this.sheet, breaks);
    return breaks;
  }

  #range(area: Area): RangeObject {
    return new RangeObject(this.context, this.sheet, area);
  }

  #named(text: string): Area | undefined {
    const { workbook } = this.context;
    const wanted = text.toLowerCase();
    const table = workbook.tables.find((candidate) => candidate.name.toLowerCase() === wanted);
    if (table?.sheet === this.sheet) return table.body;
    const name = workbook.names.find((candidate) => candidate.name.toLowerCase() === wanted);
    const target = name && splitSheet(name.formula.replace(/^=/, ''));
    return target?.sheet === this.sheet.name ? parseArea(target.rest) : undefined;
  }
}

export class WorksheetCollectionObject extends RemoteCollection {
  readonly className = 'WorksheetCollection';

  constructor(private readonly context: ExcelContext) {
    super();
  }

  items(): readonly WorksheetObject[] {
    return this.context.workbook.sheets.map((sheet) => this.#object(sheet));
  }

  add(name: unknown): WorksheetObject {
    demandWritable(this.context);
    demandFocus(this.context);
    const wanted = name === undefined || name === null ? undefined : textArgument(name, 'name');
    if (wanted !== undefined) demandFreeName(this.context, wanted);
    return this.#object(this.context.workbook.addSheet(wanted));
  }

  getActiveWorksheet(): WorksheetObject {
    return this.#object(this.context.workbook.activeSheet);
  }

  override getCount(visibleOnly?: unknown): number {
    return this.#shown(visibleOnly).length;
  }

  getFirst(visibleOnly: unknown): WorksheetObject | null {
    const [first] = this.#shown(visibleOnly);
    return first ? this.#object(first) : null;
  }

  getLast(visibleOnly: unknown): WorksheetObject | null {
    const last = this.#shown(visibleOnly).at(-1);
    return last ? this.#object(last) : null;
  }

  getItem(key: unknown): WorksheetObject {
    const found = this.getItemOrNullObject(key);
    if (!found) throw itemNotFound(`There is no worksheet ${String(key)}.`);
    return found;
  }

  getItemOrNullObject(key: unknown): WorksheetObject | null {
    const wanted = String(key).toLowerCase();
    const found = this.context.workbook.sheets.find(
      (sheet) => sheet.id.toLowerCase() === wanted || sheet.name.toLowerCase() === wanted,
    );
    return found ? this.#object(found) : null;
  }

  #object(sheet: Sheet): WorksheetObject {
    return new WorksheetObject(this.context, sheet);
  }

  #shown(visibleOnly: unknown): readonly Sheet[] {
    const { sheets } = this.context.workbook;
    return visibleOnly === true ? sheets.filter((sheet) => sheet.visibility === 'Visible') : sheets;
  }
}

/** A sheet name has 1 to 31 characters, none of : \ / ? * [ ], and is not taken; case does not count. */
function demandFreeName(context: ExcelContext, name: string, own?: Sheet): void {
  if (name.length === 0 || name.length > 31 || /[:\\/?*[\]]/.test(name)) {
    throw new RichApiError('InvalidArgument', `The worksheet name ${name} is not valid.`);
  }
  const wanted = name.toLowerCase();
  const taken = context.workbook.sheets.some((sheet) => sheet !== own && sheet.name.toLowerCase() === wanted);
  if (taken) throw itemAlreadyExists(`There is a worksheet ${name} already.`);
}
