import assert from 'node:assert/strict';
import { rowText } from '../../src/addin/taskpane/confirm/row-text';
import { calendarDate } from '../../src/domain/calendar';
import { formatsFor } from '../../src/language/formats';
import { aMark } from './store/fake-sheet';

describe('an order that is about to be released', () => {
  const said = (language: 'en' | 'it', changes: Parameters<typeof aMark>[1]) =>
    rowText(aMark(12, changes), formatsFor(language, language === 'en' ? 'en-GB' : 'it-IT'));
  const whole = { start: calendarDate('2026-11-24'), item: 'BK-M18', quantity: '1250.5', unit: 'pcs' };

  it('says when, what and how much, in either language', () => {
    assert.equal(said('en', whole), '2026/12/0 · 24 Nov 2026 · BK-M18 · 1,250.5\u00a0pcs');
    assert.equal(said('it', whole), '2026/12/0 · 24 nov 2026 · BK-M18 · 1.250,5\u00a0pcs');
  });

  it('leaves out what the sheet does not show', () => {
    const unknown = { start: null, item: '', quantity: null, unit: '' };
    assert.equal(said('en', unknown), '2026/12/0');
    assert.equal(said('en', { ...unknown, quantity: '3' }), '2026/12/0 · 3');
  });
});
