import assert from 'node:assert/strict';
import type { CalendarDate } from '../../../src/domain/calendar';
import type { MasterStatus } from '../../../src/domain/refresh/master-data';
import { versionOn } from '../../../src/domain/refresh/version-on';
import { on } from './masters';

const version = (
  code: string,
  from: string | null,
  to: string | null = null,
  status: MasterStatus = 'certified',
) => {
  const day = (text: string | null): CalendarDate | null => (text === null ? null : on(text));
  return { version: code, status, validFrom: day(from), validTo: day(to) };
};
const today = on('2026-11-20');
const found = (...versions: ReturnType<typeof version>[]) => [
  versionOn(versions, today)?.version,
  versionOn(versions.toReversed(), today)?.version,
];

describe('the version that is valid on a day', () => {
  it('is the certified one that began last', () => {
    assert.deepEqual(
      found(version('A', '2026-11-01'), version('B', '2026-10-01'), version('C', '2026-12-01')),
      ['A', 'A'],
    );
  });

  it('is none that is new or closed', () => {
    assert.deepEqual(
      found(version('', null), version('A', '2026-11-01', null, 'new'), version('B', null, null, 'closed')),
      ['', ''],
    );
  });

  it('is valid on its first and its last day', () => {
    assert.deepEqual(found(version('A', '2026-11-20', '2026-11-20')), ['A', 'A']);
    assert.deepEqual(found(version('A', '2026-11-21'), version('B', null, '2026-11-19')), [
      undefined,
      undefined,
    ]);
  });

  it('is the greatest code of those that began together, a version before the original', () => {
    assert.deepEqual(found(version('', null), version('A', null), version('B', null)), ['B', 'B']);
  });
});
