import type { ImportErrorCode } from '../../../contract/imports';
import { columnOf, columnsOf, type PlantFile } from '../import-format';
import type { Faults } from './import-errors';
import { readerOf, type BadValue, type ReadValue, type Writing } from './read-value';

/** A row in the columns of the format, as the book writes its values; null where a column is empty or cannot be read. */
export interface ReadRow {
  readonly values: readonly (string | null)[];
  /** The order it is or belongs to, as the file writes its key: `year/number/lot` with an empty year; null for other rows. */
  readonly orderRef: string | null;
}

/** Reads the rows of one file: takes its header first, then row by row, and adds a fault for whatever is wrong. */
export class RowReader {
  readonly #columns: readonly string[];
  readonly #readers: readonly ReadValue[];
  /** Where the file has each column of the format; -1 where it does not have it. */
  #places: readonly number[] = [];
  #width = 0;

  constructor(
    private readonly file: PlantFile,
    writing: Writing,
    private readonly faults: Faults,
  ) {
    this.#columns = columnsOf[file];
    this.#readers = this.#columns.map((name) => readerOf(columnOf(file, name), writing));
  }

  /** The order's key as the file writes it, or null: what tells cheaply whether a row is wanted, before anything is checked. */
  rawOrderRef(fields: readonly string[]): string | null {
    const at = this.#columns.indexOf('year');
    if (at < 0) return null;
    const [year = '', number = '', lot = ''] = [at, at + 1, at + 2].map(
      (index) => fields[this.#places[index] ?? -1],
    );
    return `${year}/${number}/${lot}`;
  }

  /** The text of a column. */
  rawValue(fields: readonly string[], column: string): string {
    return fields[this.#places[this.#columns.indexOf(column)] ?? -1] ?? '';
  }

  get hasHeader(): boolean {
    return this.#width > 0;
  }

  header(line: number, names: readonly string[]): void {
    const expected = this.#columns.join(', ');
    this.#width = names.length;
    this.#places = this.#columns.map((name) => names.indexOf(name));
    names.forEach((name, index) => {
      if (!this.#columns.includes(name)) this.#fault(line, name.slice(0, 60), 'unknownColumn', { expected });
      else if (names.indexOf(name) !== index) this.#fault(line, name, 'columnTwice');
    });
    for (const name of this.#columns) {
      if (columnOf(this.file, name).required && !names.includes(name))
        this.#fault(line, name, 'missingColumn', { expected });
    }
  }

  /** Undefined when the row has not as many fields as the header: nobody knows which is which. */
  read(line: number, fields: readonly string[]): ReadRow | undefined {
    if (fields.length !== this.#width) {
      this.#fault(line, null, 'fieldCount', { found: String(fields.length), expected: String(this.#width) });
      return undefined;
    }
    const values = this.#readers.map((read, index) => this.#value(line, index, read, fields));
    const orderRef = this.#orderRef(values);
    if (this.file === 'orders') this.#completeYear(values);
    return { values, orderRef };
  }

  #value(line: number, index: number, read: ReadValue, fields: readonly string[]): string | null {
    const place = this.#places[index] ?? -1;
    const name = this.#columns[index] ?? '';
    // A missing column is one fault of the header, not one of every row.
    if (place < 0) return columnOf(this.file, name).fallback;
    const raw = fields[place] ?? '';
    const value = read(raw);
    if (!isBad(value)) return value;
    this.#fault(line, name, value.code, { ...value.params, value: raw.slice(0, 60) });
    return null;
  }

  #orderRef(values: readonly (string | null)[]): string | null {
    const at = this.#columns.indexOf('year');
    if (at < 0) return null;
    const [year, number, lot] = values.slice(at, at + 3);
    return number == null || lot == null ? null : `${year ?? ''}/${number}/${lot}`;
  }

  /** An order without a year is one of the year in which it starts. */
  #completeYear(values: (string | null)[]): void {
    const start = values[this.#columns.indexOf('start')];
    values[0] ??= start?.slice(0, 4) ?? null;
  }

  #fault(line: number, column: string | null, code: ImportErrorCode, params: BadValue['params'] = {}): void {
    this.faults.add({ file: this.file, line, column, code, params });
  }
}

const isBad = (value: string | null | BadValue): value is BadValue =>
  typeof value === 'object' && value !== null;
