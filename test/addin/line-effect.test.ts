import assert from 'node:assert/strict';
import { effectOfAll, lineEffect } from '../../src/addin/taskpane/unwind/line-effect';
import type { WorkLineInHand } from '../../src/contract/work';

describe('what confirming a line would change, as it is typed', () => {
  const of = { item: 'B', variant: '', description: '', unit: 'PC', warehouseName: '', lot: 'L1' };
  const line = {
    changes: [
      { ...of, warehouse: 'MAG1', change: '-40', before: '500', after: '460' },
      { ...of, warehouse: 'LINE1', change: '40', before: '7', after: '47' },
    ],
    lots: [
      { lot: 'L1', onHand: '500', free: '500', atInput: '7', expiresOn: null },
      { lot: 'L2', onHand: '90', free: '60', atInput: '0', expiresOn: null },
    ],
    // Nothing else of a line is looked at.
  } as unknown as WorkLineInHand;
  const shown = (typed: Parameters<typeof lineEffect>[1]) =>
    lineEffect(line, typed).map((c) => `${c.warehouse} ${c.lot}: ${c.change} (${c.before} > ${c.after})`);

  it('is what the line says', () => {
    assert.deepEqual(shown({}), ['MAG1 L1: -40 (500 > 460)', 'LINE1 L1: 40 (7 > 47)']);
  });

  it('follows a smaller quantity', () => {
    assert.deepEqual(shown({ quantity: '12.5' }), [
      'MAG1 L1: -12.5 (500 > 487.5)',
      'LINE1 L1: 12.5 (7 > 19.5)',
    ]);
  });

  it('goes lot by lot where lots are named', () => {
    const lots = [
      { lot: 'L2', quantity: '30' },
      { lot: 'L1', quantity: '10' },
    ];
    assert.deepEqual(shown({ lots }), [
      'MAG1 L2: -30 (90 > 60)',
      'LINE1 L2: 30 (0 > 30)',
      'MAG1 L1: -10 (500 > 490)',
      'LINE1 L1: 10 (7 > 17)',
    ]);
  });

  it('is summed by stock where all lines are confirmed', () => {
    const all = effectOfAll([line, line]).map((c) => `${c.warehouse} ${c.change} (${c.before} > ${c.after})`);
    assert.deepEqual(all, ['MAG1 -80 (500 > 420)', 'LINE1 80 (7 > 87)']);
  });
});
