import type { Instant } from '../../domain/calendar';
import type { FileReport, ImportProgress, importResults } from '../../contract/imports';
import type { Fault } from './import/import-errors';

export interface ImportRequest {
  /** A plant folder. */
  readonly folder: string;
  readonly actor: string;
  /** In place of the company that `plant.json` names. */
  readonly company?: string | undefined;
  /**
   * Brings only the orders around the cut-off that `plant.json` names for the first load, and nothing at all when the company has been
   * imported before.
   */
  readonly firstLoad?: boolean;
}

/** What an import did or would do; see the contract's ImportReport. */
export interface Report {
  readonly company: string;
  readonly dryRun: boolean;
  readonly result: (typeof importResults)[number];
  readonly files: readonly FileReport[];
  readonly errors: { readonly count: number; readonly items: readonly Fault[] };
}

/** An import as it is kept: a run with its report. */
export interface ImportRecord {
  readonly id: string;
  readonly number: number;
  readonly company: string;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly actor: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly progress: ImportProgress | null;
  readonly report: Report | null;
}

export interface Watch {
  /** Aborted to stop the import; nothing is written then. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export type Begun =
  /** New: its run is committed. `ended` gives it as it ended, with its report; it rejects when the import broke off. */
  | { readonly kind: 'opened'; readonly run: ImportRecord; readonly ended: Promise<ImportRecord> }
  /** Asked for before under this key; open when somebody works on it at this moment. */
  | { readonly kind: 'before'; readonly run: ImportRecord }
  /** Another import of the company is at work: this one. Nothing is done. */
  | { readonly kind: 'running'; readonly run: ImportRecord }
  /** This key was used with another folder. Nothing is done. */
  | { readonly kind: 'otherBody' };

/**
 * Brings plant folders into the book, all of a folder or nothing. An import is a run: it is committed before it works, can be
 * cancelled, and keeps its report. A company has one at a time. Throws FolderUnusable when there is no folder to speak of.
 */
export interface Importer {
  /** `bodyHash` tells whether two requests under one key are the same. */
  begin(request: ImportRequest, key: string, bodyHash: string, watch?: Watch): Promise<Begun>;
  /** The same checks and the same report, with nothing kept and no run; it locks nothing. Throws ImportCancelled. */
  dryRun(request: ImportRequest, watch?: Watch): Promise<Report>;
  read(company: string, run: string): Promise<ImportRecord | undefined>;
  /**
   * Stops an import, of which nothing is kept then, and gives it as it is. One that this process works on is stopped until the moment
   * it is committed; one of another process until it writes.
   */
  cancel(company: string, run: string): Promise<ImportRecord | undefined>;
  /** Calls off imports that nobody works on any more: now, and from time to time. */
  start(): void;
  /** Stops what this process imports; nothing of it is kept. */
  shutdown(): Promise<void>;
}

/** The import was cancelled; nothing was written. */
export class ImportCancelled extends Error {
  override readonly name = 'ImportCancelled';
}
