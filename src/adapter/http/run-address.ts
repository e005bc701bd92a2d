import * as z from 'zod/mini';
import type { RunLedger, RunRecord } from '../runs/run-ledger';
import { ProblemError } from './problem';

export const RunAddress = z.object({ id: z.string() });

const isRunId = (text: string): boolean => z.uuid().safeParse(text).success;

/** The run at an address. What is no uuid names no run. */
export async function runAt(ledger: RunLedger, company: string, id: string): Promise<RunRecord> {
  const run = isRunId(id) ? await ledger.summary(company, id) : undefined;
  if (run === undefined) throw new ProblemError('notFound');
  return run;
}
