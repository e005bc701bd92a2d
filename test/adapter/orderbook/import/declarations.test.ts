import assert from 'node:assert/strict';
import type { Report } from '../../../../src/adapter/orderbook/importer';
import { quantity, zero } from '../../../../src/domain/quantity';
import { codesOf, createPlanner, key } from '../planner';
import { linesOf, plant, type Files } from './plant-folder';
import { useImporter } from './use-importer';

const order = '2026/2/0';

describe('declarations that an import brings', () => {
  const { pool, bring } = useImporter();

  /** The plant, of whose order 2 so much is produced, with these operations and registered declarations. */
  function declared(produced: number, operations: readonly string[], declarations: readonly string[]): Files {
    const [header = '', launched = '', executive = ''] = linesOf('orders.csv');
    return {
      ...plant,
      'orders.csv': [`${header},quantity_produced`, `${launched},0`, `${executive},${produced}`],
      'order_operations.csv': [
        'year,number,operation,work_centre,start,end,productive,movable',
        ...operations.map((operation) => `2026,2,${operation}`),
      ],
      'declarations.csv': [
        'year,number,declaration,operation,quantity,closing,opened_on,registered_on',
        ...declarations.map((declaration) => `2026,2,${declaration},2026-11-17,2026-11-17`),
      ],
    };
  }
  const faults = (report: Report) => report.errors.items.map(({ column, code }) => `${column ?? ''} ${code}`);
  const producedOf = async () =>
    (await createPlanner(pool).book.rows('IT', [key(order)]))[0]?.quantityProduced;

  const of10 = '10,100,2026-11-16,2026-11-17';
  const of20 = '20,100,2026-11-17,2026-11-18';
  for (const [where, operations] of [
    ['the last productive operation that moves stock', [`${of10},true,true`, `${of20},true,false`]],
    ['the last productive one, where none of them moves stock', [`${of10},true,false`, `${of20},false,true`]],
  ] as const) {
    it(`count as produced at ${where}, and can be rolled back`, async () => {
      assert.deepEqual(faults(await bring(declared(0, operations, ['1,10,4,false']))), [
        'quantity_produced producedDisagrees',
      ]);
      assert.deepEqual(faults(await bring(declared(4, operations, ['1,10,4,false']))), []);
      assert.equal(await producedOf(), '4');
      await createPlanner(pool).declare(order, { step: 'rollBack', number: 1 });
      assert.equal(await producedOf(), '0');
    });
  }

  it('keep their numbers to themselves, also when they are deleted', async () => {
    await bring(declared(4, [`${of10},true,true`], ['3,10,1,false', '7,10,3,false']));
    const planner = createPlanner(pool);
    for (const step of ['rollBack', 'delete'] as const)
      assert.deepEqual(codesOf(await planner.declare(order, { step, number: 7 })), []);
    await planner.declare(order, { step: 'open', quantity: quantity('2'), scrap: zero, closing: false });
    const [found] = await planner.book.read('IT', [key(order)]);
    assert.deepEqual(
      found?.declarations.map(({ number }) => number),
      [3, 8],
    );
  });
});
