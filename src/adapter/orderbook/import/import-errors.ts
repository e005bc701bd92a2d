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
    if (this.room > 0) this.#listed.push(fault);
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

/** A fault of the folder that leaves nothing to read. */
export class FolderUnusable extends Error {
  override readonly name = 'FolderUnusable';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(`${fault.file}: ${fault.code} ${JSON.stringify(fault.params)}`, options);
    this.fault = fault;
  }
}
