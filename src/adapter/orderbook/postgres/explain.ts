import type { Explanation, ExplainedRule } from '../../../contract/explanation';
import type { CalendarDate } from '../../../domain/calendar';
import type { OrderKey } from '../../../domain/order';
import { explainMerge } from '../../../domain/merge/decide';
import { explainRelease } from '../../../domain/release/decide';
import { explainRestore } from '../../../domain/restore/decide';
import type { ExplainedRule as Explained } from '../../../domain/rule';
import { companyFactsOf } from './company-facts';
import { snapshot, type Database } from './database';
import { readHeaders } from './lock-orders';
import { previewRelease } from './preview';
import { judgeRestore } from './restore';
import { readMerge } from './split/merge';
import { explainedWork } from './work/explain-work';
import { workColumns } from './work/work-order';

/**
 * How each rule of a release and of picking on that day, of a restore and of a merge stands for an order by itself, as it is now, by the very rules that decide.
 * Undefined where there is no such order.
 */
export function explainOrder(
  db: Database,
  company: string,
  key: OrderKey,
  postingDate: CalendarDate,
): Promise<Explanation | undefined> {
  return snapshot(db, async (tx) => {
    const order = (await readHeaders(tx, company, [{ key, version: 0 }], workColumns)).get(key);
    if (order === undefined) return undefined;
    const { version, state } = order;
    // As if it was marked as it is now.
    const marked = [{ key, version }];
    const command = { kind: 'release', postingDate } as const;
    const { judgement, picking } = await previewRelease(tx, company, command, marked, true);
    const fetched = await picking();
    const facts = await companyFactsOf(tx, company, [postingDate]);
    const merge = await readMerge(tx, company, marked);
    const { candidates } = await judgeRestore(tx, company, marked, await readHeaders(tx, company, marked));
    return {
      ...{ key, version, state, postingDate },
      release: judgement.candidates.flatMap((each) => {
        const lots = { stocks: judgement.lots, postedOn: postingDate };
        return explainRelease(each, judgement.contested, lots, fetched?.stocks).map(told);
      }),
      restore: candidates.flatMap((each) => explainRestore(each).map(told)),
      merge: merge.candidates.flatMap((each) => explainMerge(each).map(told)),
      work: (await explainedWork(tx, company, order, facts, postingDate)).map(told),
    };
  });
}

const told = ({ code, verdict, data, refusals }: Explained): ExplainedRule => ({
  ...{ code, verdict },
  data: data.map((line) => ({ ...line })),
  refusals: [...refusals],
});
