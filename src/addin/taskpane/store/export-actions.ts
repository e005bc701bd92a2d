import type { DownloadFormat, Exportable } from '../../../contract/downloads';
import { base64Of } from '../base64';
import type { PaneContext } from './context';

/** What became of an export; `copyRefused` where nothing let us use the clipboard, `link` where no window could be opened. */
export type Exported = {
  /** Where in the pane it was asked for, and is told of. */
  readonly place: string;
} & (
  | { readonly how: 'workbook' | 'copied' | 'copyRefused' | 'window' }
  | { readonly how: 'link'; readonly address: string }
);

/** Every column there is, read anew from the order book, not from the sheet. */
export interface ExportActions {
  /** Opens it as a new workbook. */
  readonly openAsWorkbook: (what: Exportable, place: string) => Promise<void>;
  /** Puts it on the clipboard, as rows a spreadsheet takes up. */
  readonly copyRows: (what: Exportable, place: string) => Promise<void>;
  /** Lets a browser save it as a file. */
  readonly download: (what: Exportable, format: DownloadFormat, place: string) => Promise<void>;
  /** The link of an export was followed: it works no more. */
  readonly followedLink: () => void;
}

export function exportActions(pane: PaneContext): ExportActions {
  const { get, set, api, sheet, work } = pane;
  return {
    openAsWorkbook: (what, place) =>
      work(
        'export',
        async ({ signal }) => {
          const file = await api.file(what, { format: 'xlsx' }, signal);
          await sheet.openWorkbook(base64Of(file));
          set({ exported: { place, how: 'workbook' } });
        },
        true,
      ),
    copyRows: (what, place) =>
      work(
        'export',
        async ({ signal }) => {
          const file = await api.file(what, { format: 'csv', separator: 'tab' }, signal);
          // The byte order mark is for files; decoding takes it off.
          const text = new TextDecoder().decode(file);
          set({ exported: { place, how: (await pane.copy(text)) ? 'copied' : 'copyRefused' } });
        },
        true,
      ),
    download: (what, format, place) =>
      work('export', async () => {
        const address = pane.address() + (await api.fileAddress(what, format));
        const opened = pane.openWindow(address);
        set({ exported: opened ? { place, how: 'window' } : { place, how: 'link', address } });
      }),
    followedLink() {
      const { exported } = get();
      if (exported !== null) set({ exported: { place: exported.place, how: 'window' } });
    },
  };
}
