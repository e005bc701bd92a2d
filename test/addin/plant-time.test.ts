import assert from 'node:assert/strict';
import { momentOfSerial, serialOfMoment } from '../../src/addin/sync/plant-time';

const zone = 'Europe/Rome';
const noon = 46346.5;

describe("the plant's clock in a sheet", () => {
  it('shows a moment as the clock of the plant does, in either date system', () => {
    assert.equal(serialOfMoment('2026-11-20T11:00:00Z', zone, 1900), noon);
    assert.equal(serialOfMoment('2026-11-20T11:00:00Z', zone, 1904), noon - 1462);
  });

  it('is read back to the minute', () => {
    for (const system of [1900, 1904] as const) {
      for (const at of ['2026-11-20T11:07:00.000Z', '2026-07-01T22:59:00.000Z', '2026-03-29T00:59:00.000Z'])
        assert.equal(momentOfSerial(serialOfMoment(at, zone, system), zone, system), at);
    }
  });

  it('takes the first of a time that comes twice, and the next hour for one that is skipped', () => {
    const at = (day: number, hours: number) => momentOfSerial(day + hours / 24, zone, 1900);
    assert.equal(at(46320, 2.5), '2026-10-25T00:30:00.000Z');
    assert.equal(at(46110, 2.5), '2026-03-29T01:30:00.000Z');
  });

  it('shows nothing for what is no day', () => {
    for (const none of ['', 'noon', -1, 0, 9e9, null]) assert.equal(momentOfSerial(none, zone, 1900), null);
  });
});
