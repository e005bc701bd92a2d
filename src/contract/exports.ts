import * as z from 'zod/mini';

export const exportFormats = ['ndjson', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How a file is wanted. Without a format, `Accept` says it. */
export const ExportForm = z.object({
  format: z.optional(z.enum(exportFormats)),
  /** Of CSV; otherwise as the caller's language has it: a comma in English, a semicolon in Italian. Tabs are for the clipboard. */
  separator: z.optional(z.enum(['comma', 'semicolon', 'tab'])),
  /** Decimal mark of CSV; otherwise as the caller's language has it: a point in English, a comma in Italian. */
  decimal: z.optional(z.enum(['point', 'comma'])),
});
export type ExportForm = z.infer<typeof ExportForm>;
