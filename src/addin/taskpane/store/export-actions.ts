import { base64Of } from '../base64';
import type { PaneContext } from './context';

/** What became of the last export of the movements found; `copyRefused` where nothing let us use the clipboard. */
export type Exported = 'workbook' | 'copied' | 'copyRefused';

export interface ExportActions {
  /** Opens all the last search for movements finds, with every column there is, as a new workbook. */
  readonly openMovementsWorkbook: () => Promise<void>;
  /** Puts the same on the clipboard, as rows a spreadsheet takes up. */
  readonly copyMovements: () => Promise<void>;
}

export function exportActions(pane: PaneContext): ExportActions {
  const { get, set, api, sheet, work } = pane;
  const tell = (exported: Exported | null) => set({ movements: { ...get().movements, exported } });
  const query = () => get().movements.found?.query ?? {};
  return {
    openMovementsWorkbook: () =>
      work(
        'export',
        async ({ signal }) => {
          tell(null);
          const file = await api.movementsFile(query(), { format: 'xlsx' }, signal);
          await sheet.openWorkbook(base64Of(file));
          tell('workbook');
        },
        true,
      ),
    copyMovements: () =>
      work(
        'export',
        async ({ signal }) => {
          tell(null);
          const file = await api.movementsFile(query(), { format: 'csv', separator: 'tab' }, signal);
          // The byte order mark is for files; decoding takes it off.
          const text = new TextDecoder().decode(file);
          tell((await pane.copy(text)) ? 'copied' : 'copyRefused');
        },
        true,
      ),
  };
}
