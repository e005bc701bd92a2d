import type { DownloadRequest } from '../../contract/downloads';
import type { Instant } from '../../domain/calendar';
import type { Language } from '../../language/text';

/** What the address of a file stands for. */
export interface StoredDownload {
  readonly request: DownloadRequest;
  /** The language of the file: a browser that opens the address may prefer another. */
  readonly language: Language;
}

/** What addresses of files stand for until they are used. Always ours, whatever book the orders are in. */
export interface Downloads {
  /** `tokenHash` is what is kept of the secret in the address. Those of the company that ended before `at` go. */
  add(
    company: string,
    actor: string,
    tokenHash: Buffer,
    download: StoredDownload,
    times: { readonly at: Instant; readonly expiresAt: Instant },
  ): Promise<void>;
  /** Gives it once, to the one who asked for it, until it expires. */
  take(company: string, actor: string, tokenHash: Buffer, at: Instant): Promise<StoredDownload | undefined>;
}
