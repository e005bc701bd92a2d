import type { Refusal } from '../../../contract/values';
import { readBarcode } from '../../../domain/papers/barcode';
import { refusalsOfScan } from '../../../domain/papers/scan';
import { ApiError } from '../../api/errors';
import type { PaneContext } from './context';
import type { SelectedOrders } from './selected-order';

export interface ScanActions {
  /**
   * Shows the order of a scanned paper, ready to be declared on. Answers with why the barcode may not be used, empty where it may; null
   * where nobody knows.
   */
  readonly scan: (barcode: string) => Promise<readonly Refusal[] | null>;
}

export function scanActions({ api, work }: PaneContext, { showScanned }: SelectedOrders): ScanActions {
  return {
    async scan(barcode) {
      if (readBarcode(barcode) === undefined) return refusalsOfScan(barcode, undefined, undefined, false);
      let refusals: readonly Refusal[] | null = null;
      await work('scan', async () => {
        try {
          await showScanned(await api.scan(barcode));
          refusals = [];
        } catch (error) {
          const why = error instanceof ApiError ? error.problem?.refusals : undefined;
          if (why === undefined) throw error;
          refusals = why;
        }
      });
      return refusals;
    },
  };
}
