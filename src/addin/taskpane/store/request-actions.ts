import type { PaneContext } from './context';

export interface RequestActions {
  /**
   * Puts what the company's warehouses are asked for into its sheet, in place of what was there before; `handled` takes along what is done
   * with. Answers with the number of rows, or null where that came to nothing.
   */
  readonly loadRequests: (handled: boolean) => Promise<number | null>;
}

export function requestActions({ api, sheet, work, company, language }: PaneContext): RequestActions {
  return {
    async loadRequests(handled) {
      let written: number | null = null;
      await work(
        'requests',
        async ({ signal, progress, writing }) => {
          const of = await company();
          const query = handled ? {} : { completelyHandled: false };
          const found = await api.warehouseRequests(query, progress, signal);
          await sheet.writeRequests(found, of, language(), writing);
          if (!signal.aborted) written = found.length;
        },
        true,
      );
      return written;
    },
  };
}
