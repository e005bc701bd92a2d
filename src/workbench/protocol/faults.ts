/** The two codes office.js gives to a batch or a reply that is too big for Excel on the web. */
export interface SizeLimits {
  /** Bytes of UTF-8. */
  readonly request: number;
  readonly response: number;
}

export const EXCEL_ON_THE_WEB: SizeLimits = { request: 5_000_000, response: 5_000_000 };

/**
 * What can go wrong with Excel, to be switched on by a test or at the screen. Everything is off until it is set. Sources are
 * issues of OfficeDev/office-js and the documentation of the add-in platform.
 */
export class Faults {
  /** Batches and replies over these sizes fail, as on Excel on the web. */
  sizeLimits: SizeLimits | undefined;
  /** Reads of values, formulas or texts over this many cells answer null instead of failing. */
  nullReadsOverCells = Number.POSITIVE_INFINITY;
  /** A block written into filtered rows lands in the visible ones only (issue 224). */
  writesOnlyVisibleRows = false;
  /** Rows deleted while a filter hides some of them stay, and nothing is said (issue 994). */
  deletesNothingUnderFilter = false;
  /** A table takes in at most so many of the rows written under it (issues 3191 and 3013). */
  tableGrowthLimit = Number.MAX_SAFE_INTEGER;
  /** Choosing from a validation dropdown raises no onChanged (issues 420 and 3888). */
  silentDropdowns = false;
  /** Another workbook has the focus: select, activate, clearFilters and the like fail with GeneralException. */
  focusLost = false;
  /** Not a fault, but a workbook that was first made on an old Mac: its days count from 1 January 1904. */
  countsDaysFrom1904 = false;
  /** `workbook.functions` fails, and the batch with it. Not reported of any Excel. */
  refusesFunctions = false;
  /** The file is open for reading only: every change fails. */
  readOnly = false;
  /** After so many written properties and called methods a batch fails with this code; what was done before stays done. */
  failAfter: { readonly changes: number; readonly code: string } | undefined;

  #editEnded: (() => void) | undefined;
  #editing: Promise<void> | undefined;

  get isEditingCell(): boolean {
    return this.#editing !== undefined;
  }

  /** The person is typing in a cell: batches fail, or wait when they asked for that, until the edit ends. */
  startCellEdit(): void {
    this.#editing ??= new Promise((resolve) => {
      this.#editEnded = resolve;
    });
  }

  endCellEdit(): void {
    this.#editEnded?.();
    this.#editing = undefined;
  }

  async cellEditEnded(): Promise<void> {
    while (this.#editing) await this.#editing;
  }
}
