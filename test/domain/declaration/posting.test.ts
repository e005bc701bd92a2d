import assert from 'node:assert/strict';
import { calendarDate } from '../../../src/domain/calendar';
import type { StockEffect, StockMove } from '../../../src/domain/declaration/posting';
import { quantity } from '../../../src/domain/quantity';
import type { StockKey } from '../../../src/domain/release/stock';
import { codes } from '../candidates';
import { decide, declaration, register, rollBack } from './declared';

const day = calendarDate('2026-11-20');
/** A movement of item C in MAG1, of which 100 are on hand. */
const move = (
  direction: StockMove['direction'],
  amount: string,
  changes: Partial<StockMove> = {},
): StockMove => ({
  ...{ line: direction === 'load' ? 0 : 10, direction, item: 'C', variant: '', lot: '', lotManaged: false },
  ...{ unit: 'KG', quantity: quantity(amount), warehouse: 'MAG1', reason: 'R' },
  ...{ stock: 'C in MAG1' as StockKey, onHand: quantity('100'), mayGoNegative: false },
  ...changes,
});
const effectOf = (moves: readonly StockMove[], changes: Partial<StockEffect> = {}): StockEffect => ({
  ...{ moves, unresolved: [], closed: [] },
  ...changes,
});
const registering = (effect: StockEffect) =>
  decide({ declarations: [declaration(1, { closing: true })], effect }, register(1)).refusals;
const rollingBack = (effect: StockEffect) =>
  decide(
    {
      ...{ state: 'fulfilled', effect },
      declarations: [declaration(1, { closing: true, registered: true, cause: 2 })],
    },
    rollBack(1),
  ).refusals;

describe('what a declaration moves', () => {
  it('DEC-09 more would be taken back than is left', () => {
    assert.deepEqual(rollingBack(effectOf([move('load', '100')])), []);
    assert.deepEqual(rollingBack(effectOf([move('load', '120')])), [
      {
        code: 'DEC-09',
        params: {
          ...{ item: 'C', variant: '', warehouse: 'MAG1', lot: '', unit: 'KG' },
          ...{ need: '120', available: '100', short: '20' },
        },
      },
    ]);
    assert.deepEqual(rollingBack(effectOf([move('load', '120', { mayGoNegative: true })])), []);
  });

  it('DEC-09 manual materials that come back into the same stock count', () => {
    assert.deepEqual(rollingBack(effectOf([move('load', '120'), move('unload', '20')])), []);
  });

  it('what only comes back is never refused, however far below zero the stock is', () => {
    assert.deepEqual(rollingBack(effectOf([move('unload', '5', { onHand: quantity('-10') })])), []);
  });

  it('DEC-10 no warehouse and load reason for the output, none for a manual material', () => {
    const unresolved = [
      { line: 0, item: 'P' },
      { line: 30, item: 'C' },
    ];
    assert.deepEqual(registering(effectOf([], { unresolved })), [
      { code: 'DEC-10', params: { order: '2026/1/0', line: '0', item: 'P', context: 'output' } },
      { code: 'DEC-10', params: { order: '2026/1/0', line: '30', item: 'C' } },
    ]);
  });

  it('DEC-11 a manual material is short, all its lines added up', () => {
    const lines = (each: string, changes?: Partial<StockMove>) =>
      effectOf([move('unload', each, changes), move('unload', each, { ...changes, line: 20 })]);
    assert.deepEqual(registering(lines('50')), []);
    assert.deepEqual(
      registering(lines('50.5')).map(({ code, params }) => [code, params['need'], params['short']]),
      [['DEC-11', '101', '1']],
    );
    assert.deepEqual(registering(lines('60', { mayGoNegative: true })), []);
  });

  it('DEC-11 the output does not stand in for a material of the same item', () => {
    assert.deepEqual(codes(registering(effectOf([move('load', '500'), move('unload', '101')]))), ['DEC-11']);
  });

  it('DEC-12 a closed period, to post into or to take back from', () => {
    const closed = [
      { warehouse: 'MAG1', day, from: calendarDate('2026-11-01'), to: calendarDate('2026-11-30') },
    ];
    const params = { warehouse: 'MAG1', date: day, from: '2026-11-01', to: '2026-11-30' };
    const effect = effectOf([move('load', '1')], { closed });
    assert.deepEqual(registering(effect), [{ code: 'DEC-12', params }]);
    assert.deepEqual(rollingBack(effect), [{ code: 'DEC-12', params: { ...params, context: 'takeBack' } }]);
  });

  it('DEC-13 no lot for what is managed by lot', () => {
    const effect = effectOf([
      move('load', '1', { item: 'P', lotManaged: true }),
      move('unload', '1', { lotManaged: true }),
      move('unload', '1', { lotManaged: true, lot: 'L1', line: 20 }),
    ]);
    assert.deepEqual(
      registering(effect).map(({ code, params }) => [code, params['item'], params['context']]),
      [
        ['DEC-13', 'P', 'output'],
        ['DEC-13', 'C', undefined],
      ],
    );
  });

  it('DEC-11 not of a material without its lot: no quantity would be true of it', () => {
    const effect = effectOf([move('unload', '200', { lotManaged: true })]);
    assert.deepEqual(codes(registering(effect)), ['DEC-13']);
  });

  it('says everything that keeps a registration from posting at once', () => {
    const closed = [{ warehouse: 'MAG1', day, from: day, to: day }];
    const moves = [
      move('unload', '200'),
      move('unload', '200', { lotManaged: true, line: 20, stock: 'L' as StockKey }),
    ];
    const effect = effectOf(moves, {
      ...{ unresolved: [{ line: 0, item: 'P' }], closed },
    });
    assert.deepEqual(codes(registering(effect)), ['DEC-10', 'DEC-11', 'DEC-12', 'DEC-13']);
  });
});
