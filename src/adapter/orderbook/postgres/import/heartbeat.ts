import type { ImportProgress } from '../../../../contract/imports';
import { ImportCancelled, type Watch } from '../../importer';

/** How often a working import says how far it is, in milliseconds. */
const BEAT = 1000;

/**
 * Tells of an import's progress while it works, beside its transaction, and hears when it is to stop.
 *
 * @param tell stores the progress; false when the import was cancelled
 */
export class Heartbeat {
  #progress: ImportProgress | null = null;
  #cancelled = false;
  #telling: Promise<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly watch: Watch,
    tell: (progress: ImportProgress | null) => Promise<boolean>,
  ) {
    this.#timer = setInterval(() => {
      this.#telling ??= tell(this.#progress)
        // A database that is gone ends the import itself; nothing is to be said of it here.
        .catch(() => true)
        .then((held) => {
          this.#cancelled ||= !held;
          this.#telling = undefined;
        });
    }, BEAT);
    this.#timer.unref();
  }

  /** Throws {@link ImportCancelled} once the import is to stop. */
  check(): void {
    if (this.#cancelled || this.watch.signal?.aborted === true) throw new ImportCancelled();
  }

  at(progress: ImportProgress): void {
    this.check();
    this.#progress = progress;
    this.watch.onProgress?.(progress);
  }

  /** Says nothing any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
  }
}
