import assert from 'node:assert/strict';
import { formatsFor } from '../../src/language/formats';
import { readQuantity } from '../../src/addin/read-quantity';
import { refusalText, refusalTexts } from '../../src/language/refusal-text';
import { quickDays } from '../../src/addin/taskpane/store/quick-days';
import { textsIn } from '../../src/addin/texts';
import { calendarDate } from '../../src/domain/calendar';
import { forceable, forced, refusal } from '../../src/domain/refusals';
import { commands } from '../../src/domain/transitions';
import { languages } from '../../src/language/text';

describe('refusal texts', () => {
  const said = (language: 'en' | 'it', locale: string, ...of: Parameters<typeof refusal>) =>
    refusalText(refusal(...of), textsIn(language), formatsFor(language, locale));

  it("write quantities the planner's way", () => {
    const params = {
      item: 'A',
      warehouse: 'MAG1',
      unit: 'kg',
      need: '12345.5',
      available: '0',
      short: '12345.5',
    };
    assert.match(said('en', 'en-GB', 'REL-10', params), /need 12,345\.5 kg, available 0/);
    assert.match(said('it', 'it-IT', 'REL-10', params), /servono 12\.345,5 kg, disponibili 0/);
  });

  it('write states as words, and moments as day and time', () => {
    assert.match(said('it', 'it-IT', 'REL-01', { state: 'executive' }), /L'ordine è esecutivo/);
    const changed = said('en', 'en-GB', 'REL-03', { user: 'anna', at: '2026-11-20T10:00:00.000Z' });
    assert.match(changed, /^anna changed the order at 20 Nov 2026/);
  });

  it('write days as days', () => {
    const params = { warehouse: 'MAG1', date: '2026-11-20', from: '2026-11-01', to: '2026-11-30' };
    assert.match(said('en', 'en-GB', 'REL-11', params), /closed on 20 Nov 2026 \(period 1 Nov 2026 – 30 Nov/);
  });

  it("leave the planner's own words as they are", () => {
    const reason = '{{user}} $t(action.release) <b>&';
    const held = said('en', 'en-GB', 'REL-17', { reason, user: 'anna', at: '2026-11-20T10:00:00.000Z' });
    assert.ok(held.startsWith(`On hold: ${reason} (anna, `), held);
  });

  it('say which variant and which lot of an item is meant', () => {
    const where = { item: 'A', warehouse: 'MAG1', unit: 'kg', need: '5', available: '1', short: '4' };
    const shown = (language: 'en' | 'it', variant: string, lot: string) =>
      (['REL-10', 'DEC-09', 'DEC-11'] as const).map(
        (code) => said(language, language, code, { ...where, variant, lot }).split(', MAG1')[0],
      );
    const always = (text: string) => [text, text, text];
    assert.deepEqual(shown('en', '', ''), always('A'));
    assert.deepEqual(shown('en', 'RED', ''), always('A (variant RED)'));
    assert.deepEqual(shown('it', '', 'L1'), always('A (lotto L1)'));
    assert.deepEqual(shown('it', 'RED', 'L1'), always('A (variante RED, lotto L1)'));
  });

  it('say of several declarations that they are several', () => {
    const of = (declarations: string, context = {}) =>
      said('it', 'it', 'RES-02', { order: '2026/1/0', declarations, ...context });
    assert.match(of('3'), /\(dichiarazione 3\)/);
    assert.match(of('1, 3', { context: 'several' }), /\(dichiarazioni 1, 3\)/);
  });

  it('name the unit of what was declared', () => {
    const params = { operation: '20', need: '2.5', before: '10', available: '1.5', unit: 'kg' };
    assert.match(said('en', 'en-GB', 'DEC-03', params), /2\.5 kg declared.* 1\.5 kg good/);
    assert.match(said('it', 'it-IT', 'DEC-03', params), /2,5 kg dichiarati.* 1,5 kg buoni/);
  });

  it('say once what to do about several materials, and each what it lacks', () => {
    const of = { warehouse: 'MAG1', unit: 'kg', need: '5', available: '1', short: '4' };
    const lacks = (item: string) => `${item}, MAG1: need 5 kg, available 1, short 4.`;
    const many = [
      refusal('REL-06', { item: 'P' }),
      ...['A', 'B. C'].map((item) => refusal('REL-10', { ...of, item })),
      refusal('REL-10', { ...of, item: 'D', reserved: '3', context: 'reserved' }),
    ];
    const [blocked, ...short] = refusalTexts(many, textsIn('en'), formatsFor('en', 'en-GB'));
    assert.equal(blocked, said('en', 'en-GB', 'REL-06', { item: 'P' }));
    const advice = 'Wait for supply, take other orders out, or release them later.';
    assert.deepEqual(short.slice(0, 2), [lacks('A'), `${lacks('B. C')} ${advice}`]);
    assert.match(short[2] ?? '', /have a reservation freed/);
  });

  const ofA = { item: 'A', warehouse: 'MAG1', unit: 'kg' };
  const shortage = { need: '5', available: '1', short: '4', reserved: '3', context: 'reserved' };
  const cases = [
    refusal('REL-07'),
    refusal('REL-07', { item: 'P', context: 'operations' }),
    refusal('REL-10', { item: 'A', warehouse: 'MAG1', unit: 'kg', need: '5', available: '1', short: '4' }),
    refusal('REL-10', { item: 'A', warehouse: 'MAG1', unit: 'kg', ...shortage }),
  ];
  // Never forced.
  const others = [
    refusal('REL-10', { ...ofA, need: '5', available: '1', short: '4', expired: '2', context: 'expired' }),
    refusal('REL-09', { ...ofA, line: '10', need: '5' }),
    refusal('REL-09', { ...ofA, line: '10', need: '5', lot: 'L1', context: 'unknownLot' }),
    refusal('REL-09', { ...ofA, line: '10', need: '5', quantity: '4', context: 'otherSum' }),
    refusal('REL-09', { line: '10', context: 'otherLine' }),
    refusal('REL-09', { ...ofA, line: '10', lot: 'L1', date: '2026-11-19', context: 'expired' }),
  ];
  for (const language of languages) {
    it(`have words of their own in ${language} for every case, and for every case that was forced`, () => {
      const texts = [...cases, ...others, ...cases.map(forced)].map((why) =>
        refusalText(why, textsIn(language), formatsFor(language, language)),
      );
      assert.equal(new Set(texts).size, texts.length);
      for (const text of texts) assert.doesNotMatch(text, /\{\{|undefined/);
    });

    it(`say in ${language} what may be forced`, () => {
      const [plain, more] = [refusal('REL-07'), forceable(refusal('REL-07'))].map((why) =>
        refusalText(why, textsIn(language), formatsFor(language, language)),
      );
      assert.match(more ?? '', /forz|force/);
      assert.ok(more?.startsWith(plain ?? '?'));
    });
  }
});

describe('counts in texts', () => {
  const found = (language: 'en' | 'it', count: number) => textsIn(language)('pane.found.release', { count });

  it('have the separators of quantities, and the plural of the number', () => {
    assert.equal(found('en', 1), '1 launched order');
    assert.equal(found('en', 2907), '2,907 launched orders');
    assert.equal(found('it', 2907), '2.907 ordini lanciati');
    assert.equal(formatsFor('it', 'it-IT').quantity('2907'), '2.907');
  });

  it('leave numbers that name something as they are', () => {
    assert.equal(textsIn('en')('pane.found.run', { count: 1, number: 2907 }), '1 order of run 2907');
  });
});

describe('runs of the pane', () => {
  for (const language of languages)
    it(`have their words in ${language}: while they run, when they are done, when no answer came`, () => {
      const t = textsIn(language);
      for (const command of [...commands, 'create'] as const)
        for (const count of [1, 2, 1_000_000])
          for (const text of [
            t(`pane.work.${command}`),
            t(`pane.result.${command}`, { count }),
            t(`pane.interrupted.${command}`, { count }),
            t(`pane.interrupted.ours.${command}`),
          ])
            assert.doesNotMatch(text, /^pane\./);
    });
});

describe('quantities as planners type them', () => {
  it('are read the way their region writes them', () => {
    assert.equal(readQuantity('1.234,5', 'it-IT'), '1234.5');
    assert.equal(readQuantity('1,234.50', 'en-GB'), '1234.5');
    assert.equal(readQuantity(' 12 ', 'de-CH'), '12');
    assert.equal(readQuantity('1 234,5', 'fr-FR'), '1234.5');
  });

  it('are refused when they are none', () => {
    for (const typed of ['', 'a', '1e3', '1,2,3x']) assert.equal(readQuantity(typed, 'en-GB'), null, typed);
  });
});

describe('quick picks of start days', () => {
  it("count weeks from Monday, on the plant's day", () => {
    const days = Object.fromEntries(
      quickDays(calendarDate('2026-11-22')).map(({ name, days }) => [name, days]),
    );
    assert.deepEqual(days, {
      today: { from: '2026-11-22', to: '2026-11-22' },
      thisWeek: { from: '2026-11-16', to: '2026-11-22' },
      next7Days: { from: '2026-11-22', to: '2026-11-29' },
      anyDay: { from: '', to: '' },
    });
  });
});

describe('results without movements', () => {
  for (const language of languages) {
    it(`say nothing of movements in ${language}`, () => {
      const t = textsIn(language);
      assert.equal(t('sheet.result.released', { count: 0 }), t('sheet.word.released'));
      assert.equal(t('sheet.result.restored', { count: 0 }), t('sheet.word.restored'));
      assert.match(t('sheet.result.released', { count: 2 }), / 2 /);
    });
  }
});
