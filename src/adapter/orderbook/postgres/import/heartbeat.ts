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
    private readonly tell: (progress: ImportProgress | null) => Promise<boolean>,
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

  /** Says with which file a step is at work, and that none of its rows are read. */
  on(step: ImportProgress['step']): (file: string) => void {
    return (file) => this.at({ step, file, rows: 0 });
  }

  /** Tells once more; then it is silent towards the run, which is about to be locked. */
  async last(progress: ImportProgress): Promise<void> {
    this.check();
    await this.stop();
    this.#cancelled ||= !(await this.tell(progress));
    this.check();
  }

  /** Says nothing any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
  }
}
