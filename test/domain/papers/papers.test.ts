import assert from 'node:assert/strict';
import fc from 'fast-check';
import { barcodeText, jobId, readBarcode, type Scanned } from '../../../src/domain/papers/barcode';
import { branchesOf, followersOf } from '../../../src/domain/papers/branches';
import { decidePrint } from '../../../src/domain/papers/decide';
import { jobsOf, jobTypes } from '../../../src/domain/papers/jobs';
import { canHave, schedulingLevel } from '../../../src/domain/papers/scheduling-level';
import { refusalsOfScan } from '../../../src/domain/papers/scan';
import { paperKinds, type PaperOperation } from '../../../src/domain/papers/paper';
import { quantity } from '../../../src/domain/quantity';
import { byDays, operation, paperOrder } from '../../adapter/papers/sample-order';

const minutes = (time: string) => ({ time: quantity(time), unit: 'minutes' as const });
const said = (operations: readonly PaperOperation[]) =>
  jobsOf(operations).map(
    ({ operation: of, type, startsAt, endsAt, hours }) =>
      `${jobId(of, type)} ${startsAt.slice(11, 16)}–${endsAt.slice(11, 16)} ${hours.toString()} h`,
  );

describe('papers of an order', () => {
  it('are by jobs only where every operation has its times', () => {
    assert.equal(schedulingLevel([]), 'none');
    assert.equal(schedulingLevel([operation(10, 8), byDays(operation(20, 9))]), 'operation');
    assert.equal(schedulingLevel([operation(10, 8), operation(20, 9)]), 'job');
    const possible = (level: 'none' | 'operation' | 'job') =>
      paperKinds.filter((kind) => canHave(kind, level));
    assert.deepEqual(possible('none'), []);
    assert.deepEqual(possible('operation'), ['routeCard']);
    assert.deepEqual(possible('job'), ['jobCard', 'routeJobs', 'routeCard']);
  });

  it('make of an operation its queue, setup, process, wait and transport, each when it is its turn', () => {
    const [first, second] = [operation(10, 8), operation(20, 10)];
    assert.deepEqual(
      said([
        first,
        {
          ...second,
          queue: minutes('60'),
          wait: minutes('20'),
          move: minutes('10'),
          endsAt: '2026-11-23T11:30:00.000Z' as never,
        },
      ]),
      [
        '10.S 08:00–08:15 0.25 h',
        '10.P 08:15–09:00 0.75 h',
        '20.Q 09:00–10:00 1 h',
        '20.S 10:00–10:15 0.25 h',
        '20.P 10:15–11:00 0.75 h',
        '20.W 11:00–11:20 0.3333 h',
        '20.T 11:20–11:30 0.1667 h',
      ],
    );
  });

  it('count a night between two pieces of work as no work', () => {
    const work = [
      { kind: 'run', startsAt: '2026-11-23T15:00:00.000Z', endsAt: '2026-11-23T16:00:00.000Z' },
      { kind: 'run', startsAt: '2026-11-24T07:00:00.000Z', endsAt: '2026-11-24T07:30:00.000Z' },
    ] as unknown as PaperOperation['work'];
    assert.deepEqual(said([{ ...operation(10, 15), work }]), ['10.P 15:00–07:30 1.5 h']);
  });

  it('follow the branches of a network: a card each', () => {
    const network = [
      operation(10, 8, { nextOperations: [20, 30] }),
      operation(20, 9, { nextOperations: [40] }),
      operation(30, 9, { nextOperations: [35] }),
      operation(35, 10, { nextOperations: [40] }),
      operation(40, 11),
      operation(50, 12),
    ];
    const numbers = (branches: PaperOperation[][]) =>
      branches.map((branch) => branch.map((each) => each.operation));
    assert.deepEqual(numbers(branchesOf(network)), [[10], [20], [30, 35], [40, 50]]);
    assert.deepEqual(numbers(branchesOf([operation(10, 8), operation(20, 9)])), [[10, 20]]);
    assert.deepEqual(followersOf(network[0] as PaperOperation, network), [20, 30]);
    assert.deepEqual(followersOf(network[5] as PaperOperation, network), []);
  });

  it('print every operation once, whatever its routing', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (numbers, choices) => {
          const sorted = numbers.toSorted((a, b) => a - b);
          const network = sorted.map((number, place) => {
            const later = sorted.slice(place + 1);
            const next = later.filter(() => (choices.next().value as number) % 3 === 0);
            return operation(number, 8, { nextOperations: next.length > 0 ? next : later.slice(0, 1) });
          });
          const printed = branchesOf(network)
            .flat()
            .map((each) => each.operation);
          assert.deepEqual(
            printed.toSorted((a, b) => a - b),
            sorted,
          );
        },
      ),
    );
  });

  it('PRT-01: definitive papers are for executive orders', () => {
    const { key } = paperOrder();
    const order = (state: 'launched' | 'executive') => ({ key, state, version: 1, lastChange: null });
    const [launched, executive] = decidePrint(
      (['launched', 'executive'] as const).map((state) => ({
        marked: { key, version: 0 },
        order: order(state),
        level: 'job',
      })),
      { papers: ['routeCard', 'jobCard'] },
    );
    assert.deepEqual(
      launched?.refusals.map(({ code }) => code),
      ['PRT-01'],
    );
    assert.deepEqual(executive?.papers, ['routeCard', 'jobCard']);
  });

  it('REL-16: leave out what needs jobs, and are refused only where nothing is left', () => {
    const { key } = paperOrder();
    const candidate = {
      marked: { key, version: 0 },
      order: { key, state: 'executive', version: 1, lastChange: null },
      level: 'operation',
    } as const;
    const [some] = decidePrint([candidate], { papers: ['jobCard', 'routeCard'] });
    assert.deepEqual(some, {
      ...{ key, refusals: [], papers: ['routeCard'] },
      warnings: [{ code: 'REL-16', params: { order: key, context: 'jobCard' } }],
    });
    const [none] = decidePrint([candidate], { papers: ['jobCard', 'routeJobs'] });
    assert.deepEqual(
      none?.refusals.map(({ params }) => params['context']),
      ['jobCard', 'routeJobs'],
    );
  });
});

describe('barcodes', () => {
  const place = { orderLine: fc.constantFrom(10000, 20000), operation: fc.integer({ min: 0, max: 99_999 }) };
  const paper = fc.integer({ min: 1, max: 999_999_999 });
  const plain = { noNullPrototype: true };
  const anything: fc.Arbitrary<Scanned> = fc.oneof(
    fc.record({ of: fc.constant('order' as const), paper }, plain),
    fc.record({ of: fc.constant('operation' as const), paper, ...place }, plain),
    fc.record({ of: fc.constant('job' as const), paper, ...place, job: fc.constantFrom(...jobTypes) }, plain),
  );

  it('are read back as what they stand for, as scanners type them', () => {
    fc.assert(
      fc.property(anything, (scanned) => {
        assert.deepEqual(readBarcode(`${barcodeText(scanned).toLowerCase()}\n`), scanned);
      }),
    );
  });

  it('are short and have no sign that another keyboard types otherwise', () => {
    fc.assert(fc.property(anything, (scanned) => assert.match(barcodeText(scanned), /^[A-Z0-9.]{3,28}$/)));
  });

  it('of others are none of ours', () => {
    for (const text of [
      '',
      '707-15',
      'PO',
      'PO1.10',
      'OP1',
      'OP1.10.S',
      'JB1.10',
      'JB1.10.X',
      '5901234123457',
    ])
      assert.equal(readBarcode(text), undefined, text);
  });

  it('DEC-16, DEC-17: of a void paper, or of none, are not declared on', () => {
    const scanned = readBarcode('OP7.10');
    const valid = { number: 7, voidedAt: null, voidedBy: null };
    const codes = (...asked: Parameters<typeof refusalsOfScan>) =>
      refusalsOfScan(...asked).map(({ code }) => code);
    assert.deepEqual(codes('OP7.10', scanned, valid, true), []);
    assert.deepEqual(
      codes(
        'OP7.10',
        scanned,
        { ...valid, voidedAt: '2026-11-21T10:00:00Z' as never, voidedBy: 'anna' },
        true,
      ),
      ['DEC-16'],
    );
    assert.deepEqual(codes('OP7.10', scanned, valid, false), ['DEC-17']);
    assert.deepEqual(codes('OP7.10', scanned, undefined, true), ['DEC-17']);
    assert.deepEqual(codes('hello', undefined, undefined, true), ['DEC-17']);
  });
});
