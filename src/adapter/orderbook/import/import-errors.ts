import { mostListedErrors, type ImportErrorCode } from '../../../contract/imports';

/** What is wrong where; `params` fill the text of the code. */
export interface Fault {
  readonly file: string;
  readonly line: number | null;
  readonly column: string | null;
  readonly code: ImportErrorCode;
  readonly params: Readonly<Record<string, string>>;
}

/** All faults of an import: counted, the first {@link mostListedErrors} kept. */
export class Faults {
  readonly #listed: Fault[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** How many more would be kept. */
  get room(): number {
    return mostListedErrors - this.#listed.length;
  }

  add(fault: Fault): void {
    this.#count++;
    if (this.room === 0) return;
    const params = Object.entries(fault.params).map(([name, value]) => [name, shown(value)] as const);
    const column = fault.column === null ? null : shown(fault.column);
    this.#listed.push({ ...fault, column, params: Object.fromEntries(params) });
  }

  /** Counts faults that were found but not read. */
  addUnlisted(count: number): void {
    this.#count += count;
  }

  /** By file in the order of `files`, then by line. */
  listed(files: readonly string[]): readonly Fault[] {
    const place = (fault: Fault): number => files.indexOf(fault.file);
    return [...this.#listed].sort((a, b) => place(a) - place(b) || (a.line ?? 0) - (b.line ?? 0));
  }
}

/**
 * What a file says as a report can hold it: control characters and halves of characters – the signs of a file in another encoding, or of
 * a text that was cut – stand as replacement characters; PostgreSQL's JSON takes neither.
 */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');
}

/** A fault of the folder that leaves nothing to read. */
export class FolderUnusable extends Error {
  override readonly name = 'FolderUnusable';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(`${fault.file}: ${fault.code} ${JSON.stringify(fault.params)}`, options);
    this.fault = fault;
  }
}
