import type { Explanation, ExplainedRule } from '../../../contract/explanation';
import type { CalendarDate } from '../../../domain/calendar';
import type { OrderKey } from '../../../domain/order';
import { explainRelease } from '../../../domain/release/decide';
import { explainRestore } from '../../../domain/restore/decide';
import type { ExplainedRule as Explained } from '../../../domain/rule';
import { snapshot, type Database } from './database';
import { readHeaders } from './lock-orders';
import { previewRelease } from './preview';
import { judgeRestore } from './restore';

/**
 * How each rule of a release on that day and of a restore stands for an order by itself, as it is now, by the very rules that decide.
 * Undefined where there is no such order.
 */
export function explainOrder(
  db: Database,
  company: string,
  key: OrderKey,
  postingDate: CalendarDate,
): Promise<Explanation | undefined> {
  return snapshot(db, async (tx) => {
    const order = (await readHeaders(tx, company, [{ key, version: 0 }])).get(key);
    if (order === undefined) return undefined;
    const { version, state } = order;
    // As if it was marked as it is now.
    const marked = [{ key, version }];
    const command = { kind: 'release', postingDate } as const;
    const { judgement, picking } = await previewRelease(tx, company, command, marked, true);
    const fetched = await picking();
    const { candidates } = await judgeRestore(tx, company, marked, await readHeaders(tx, company, marked));
    return {
      ...{ key, version, state, postingDate },
      release: judgement.candidates.flatMap((each) => {
        const lots = { stocks: judgement.lots, postedOn: postingDate };
        return explainRelease(each, judgement.contested, lots, fetched?.stocks).map(told);
      }),
      restore: candidates.flatMap((each) => explainRestore(each).map(told)),
    };
  });
}

const told = ({ code, verdict, data, refusals }: Explained): ExplainedRule => ({
  ...{ code, verdict },
  data: data.map((line) => ({ ...line })),
  refusals: [...refusals],
});
