import * as z from 'zod/mini';
import { MovementQuery } from './movements';
import { OrderQuery } from './orders';
import { PapersFile } from './papers';
import { Moment } from './values';
import { WarehouseRequestQuery } from './warehouse-requests';

export const downloadFormats = ['csv', 'xlsx'] as const;
export type DownloadFormat = (typeof downloadFormats)[number];

const format = z.enum(downloadFormats);

/** A file somebody wants to have: all that a search finds, the withdrawal list of a run, or its log; papers for the shop floor. */
export const DownloadRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('orders'), query: z.strictObject(OrderQuery.shape), format }),
  z.strictObject({ kind: z.literal('movements'), query: z.strictObject(MovementQuery.shape), format }),
  z.strictObject({
    kind: z.literal('warehouseRequests'),
    query: z.strictObject(WarehouseRequestQuery.shape),
    format,
  }),
  z.strictObject({ kind: z.literal('withdrawals'), run: z.uuid(), format }),
  z.strictObject({ kind: z.literal('log'), run: z.uuid(), format }),
  PapersFile,
]);
export type DownloadRequest = z.infer<typeof DownloadRequest>;

type WithoutFormat<T> = T extends unknown ? Omit<T, 'format'> : never;
/** What a file of rows may be of. */
export type Exportable = WithoutFormat<Exclude<DownloadRequest, PapersFile>>;

export const Download = z.object({
  /** Path and secret on this origin. Whoever opens it has the file, once. */
  address: z.string(),
  expiresAt: Moment,
});
export type Download = z.infer<typeof Download>;
