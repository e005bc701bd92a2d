import assert from 'node:assert/strict';
import { quantityText } from '../../../src/domain/quantity';
import { exploder, type Explosion } from '../../../src/domain/refresh/explode';
import type { BomVersion } from '../../../src/domain/refresh/master-data';
import { aBom, aLine, amount, masters, on } from './masters';
import { assertText } from './orders';

const today = on('2026-11-20');
const explode = (boms: readonly BomVersion[], day = today) => exploder(masters({ boms }))('A', day);
const needs = ({ components }: Explosion) =>
  components.map(({ item, quantityPer }) => `${item} ${quantityText(quantityPer)}`);
const codes = ({ refusals }: Explosion) => refusals.map(({ code }) => code);
const phantom = { kind: 'phantom' } as const;

describe('the explosion of a bill', () => {
  it('has its lines by number, whatever the sequence they come in', () => {
    assert.deepEqual(needs(explode([aBom('A', [aLine(20, 'Y', '2'), aLine(10, 'X', '1')])])), ['X 1', 'Y 2']);
  });

  it('T-07 puts the scrap of a phantom into the quantity per of what is inside', () => {
    const line = aLine(10, 'P', '1.5', { ...phantom, scrap: amount(10) });
    assert.deepEqual(needs(explode([aBom('A', [line]), aBom('P', [aLine(10, 'X', '4')])])), ['X 6.6']);
  });

  it('keeps what a phantom needs per order as it is, and makes so what a fixed phantom needs', () => {
    const fixedInside = explode([
      aBom('A', [aLine(10, 'P', '5', phantom)]),
      aBom('P', [aLine(10, 'X', '3', { formula: 'fixed' })]),
    ]);
    const fixedPhantom = explode([
      aBom('A', [aLine(10, 'P', '2', { ...phantom, formula: 'fixed', scrap: amount(50) })]),
      aBom('P', [aLine(10, 'X', '3')]),
    ]);
    assert.deepEqual([needs(fixedInside), needs(fixedPhantom)], [['X 3'], ['X 6']]);
    assert.ok([fixedInside, fixedPhantom].every(({ components }) => components[0]?.fixed));
  });

  it('adds up an item that comes again, also through phantoms', () => {
    const boms = [
      aBom('A', [aLine(10, 'X', '1'), aLine(20, 'P', '2', phantom), aLine(30, 'X', '0.5')]),
      aBom('P', [aLine(10, 'X', '3')]),
    ];
    assert.deepEqual(needs(explode(boms)), ['X 7.5']);
  });

  for (const [what, of] of Object.entries({
    variant: { variant: 'RED' },
    unit: { unit: 'BOX' },
    'routing link': { routingLink: '100' },
    'lead-time offset': { leadTimeOffsetDays: 1 },
    scrap: { scrap: amount(5) },
    formula: { formula: 'fixed' as const },
  })) {
    it(`keeps an item apart that comes again with another ${what}`, () => {
      assert.deepEqual(needs(explode([aBom('A', [aLine(10, 'X', '1'), aLine(20, 'X', '2', of)])])), [
        'X 1',
        'X 2',
      ]);
    });
  }

  it('takes the lines that are valid on the day, first and last day included', () => {
    const boms = [
      aBom('A', [
        aLine(10, 'OLD', '1', { validTo: on('2026-11-19') }),
        aLine(20, 'NEW', '1', { validFrom: on('2026-11-20') }),
      ]),
    ];
    assert.deepEqual(needs(explode(boms, on('2026-11-19'))), ['OLD 1']);
    assert.deepEqual(needs(explode(boms, on('2026-11-20'))), ['NEW 1']);
  });

  it('takes the certified version that began last, of phantoms as well', () => {
    const versions = (bom: string) => [
      aBom(bom, [aLine(10, `${bom}0`, '1')]),
      aBom(bom, [aLine(10, `${bom}1`, '1')], { version: '1', validFrom: on('2026-11-10') }),
      aBom(bom, [aLine(10, `${bom}2`, '1')], { version: '2', validFrom: on('2026-12-01') }),
      aBom(bom, [aLine(10, `${bom}3`, '1')], { version: '3', validFrom: on('2026-11-15'), status: 'new' }),
    ];
    const holder = aBom('A', [aLine(10, 'P', '1', phantom), aLine(20, 'Q', '1', phantom)]);
    const found = (day: string) => needs(explode([holder, ...versions('P'), ...versions('Q')], on(day)));
    assert.deepEqual(found('2026-11-09'), ['P0 1', 'Q0 1']);
    assert.deepEqual(found('2026-11-20'), ['P1 1', 'Q1 1']);
    assert.deepEqual(found('2026-12-01'), ['P2 1', 'Q2 1']);
  });

  it('T-63 REF-09 refuses a bill that is not certified, and names it once', () => {
    const boms = [
      aBom('A', [aLine(10, 'P', '1', phantom), aLine(20, 'Q', '1', phantom)]),
      ...['P', 'Q'].map((bom) => aBom(bom, [aLine(10, 'R', '1', phantom)])),
      aBom('R', [], { status: 'new' }),
    ];
    const { refusals } = explode(boms);
    assert.deepEqual(refusals, [{ code: 'REF-09', params: { bom: 'R', date: today } }]);
    assert.deepEqual(codes(explode([])), ['REF-09']);
  });

  it('REF-13 refuses a phantom in another unit than its bill is made in, at any depth, once for each line', () => {
    const boms = (inA: string, inP: string, ofQ: string) => [
      aBom('A', [
        aLine(10, 'P', '1', { ...phantom, unit: inA }),
        aLine(20, 'Q', '1', { ...phantom, unit: ofQ }),
      ]),
      aBom('P', [aLine(10, 'Q', '1', { ...phantom, unit: inP })]),
      aBom('Q', [aLine(10, 'X', '1')], { unit: ofQ }),
    ];
    const refused = (...units: Parameters<typeof boms>) =>
      explode(boms(...units)).refusals.map(({ code, params }) => [code, ...Object.values(params)]);
    assert.deepEqual(refused('PC', 'KG', 'KG'), []);
    assert.deepEqual(refused('PC', 'G', 'KG'), [['REF-13', 'P', 'Q', 'G', 'KG', 'phantom']]);
    assert.deepEqual(refused('BOX', 'G', 'KG'), [
      ['REF-13', 'P', 'Q', 'G', 'KG', 'phantom'],
      ['REF-13', 'A', 'P', 'BOX', 'PC', 'phantom'],
    ]);
    explode(boms('BOX', 'G', 'KG')).refusals.forEach(assertText);
  });

  const chain = (levels: number) =>
    Array.from({ length: levels }, (_, place) =>
      aBom(place === 0 ? 'A' : `P${place}`, [
        place === levels - 1 ? aLine(10, 'X', '2') : aLine(10, `P${place + 1}`, '1', phantom),
      ]),
    );

  it('follows phantoms through 50 levels; REF-11 refuses more', () => {
    assert.deepEqual(needs(explode(chain(50))), ['X 2']);
    assert.deepEqual(codes(explode(chain(51))), ['REF-11']);
  });

  it('REF-11 refuses phantoms in a circle, however many branches lead into it', () => {
    const twice = (of: string) => [aLine(10, of, '1', phantom), aLine(20, of, '1', phantom)];
    const { refusals } = explode([aBom('A', twice('B')), aBom('B', twice('C')), aBom('C', twice('B'))]);
    assert.deepEqual(refusals, [{ code: 'REF-11', params: { bom: 'A', levels: '50' } }]);
  });

  it('takes a bill on very many branches apart only once', () => {
    const doubling = Array.from({ length: 40 }, (_, place) =>
      aBom(place === 0 ? 'A' : `P${place}`, [
        aLine(10, `P${place + 1}`, '1', phantom),
        aLine(20, `P${place + 1}`, '1', phantom),
      ]),
    );
    assert.deepEqual(needs(explode([...doubling, aBom('P40', [aLine(10, 'X', '1')])])), [`X ${2 ** 40}`]);
  });
});
