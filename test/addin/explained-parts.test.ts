import assert from 'node:assert/strict';
import type { ExplainedRule, Explanation } from '../../src/contract/explanation';
import { explainedParts } from '../../src/addin/taskpane/explained-parts';
import { calendarDate } from '../../src/domain/calendar';
import { orderKey } from '../../src/domain/order';
import type { RefusalCode } from '../../src/domain/refusals';

const rule = (code: RefusalCode, verdict: ExplainedRule['verdict'] = 'pass'): ExplainedRule => ({
  ...{ code, verdict, data: [], refusals: [] },
});
const explanation = (changes: Partial<Explanation>): Explanation => ({
  ...{ key: orderKey({ year: 2026, number: 1, lot: 0 }), version: 1, state: 'launched' },
  ...{ postingDate: calendarDate('2026-11-20'), restore: [rule('RES-01', 'refused')] },
  release: [rule('REL-01'), rule('SPL-01', 'notApplicable')],
  ...{ merge: [rule('SPL-05', 'refused')], work: [rule('WRK-01', 'refused')] },
  ...changes,
});
const told = (of: Explanation) =>
  explainedParts(of).map(({ title, rules }) => [title, ...rules.map(({ code }) => code)]);

describe('what the pane explains of an order', () => {
  it('is its release while it is launched', () => {
    assert.deepEqual(told(explanation({})), [['pane.tab.release', 'REL-01', 'SPL-01']]);
  });

  it('is its restore and its picking once it is executive, and what of a release applies', () => {
    assert.deepEqual(told(explanation({ state: 'executive' })), [
      ['pane.tab.restore', 'RES-01'],
      ['pane.tab.release', 'REL-01'],
      ['pane.picking', 'WRK-01'],
    ]);
  });

  it('is its merge, too, where it is part of a split', () => {
    assert.deepEqual(told(explanation({ merge: [rule('SPL-05'), rule('SPL-06')] })), [
      ['pane.tab.release', 'REL-01', 'SPL-01'],
      ['pane.merge', 'SPL-05', 'SPL-06'],
    ]);
  });
});
