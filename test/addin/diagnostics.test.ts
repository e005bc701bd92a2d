import assert from 'node:assert/strict';
import type { Fetch } from '../../src/addin/api/connection';
import { ApiError } from '../../src/addin/api/errors';
import { healthOf } from '../../src/addin/api/order-book-health';
import { SheetError } from '../../src/addin/sync/sheet';
import { diagnostics, diagnosticsText, type Findings } from '../../src/addin/taskpane/diagnostics';
import { initialState } from '../../src/addin/taskpane/store/state';
import { textsIn } from '../../src/addin/texts';
import { calendarDate } from '../../src/domain/calendar';
import { languages } from '../../src/language/text';
import { aSearch } from './excel/workbook';

const company = { code: 'AW', name: 'AdventureWorks', timeZone: 'Europe/Rome' };
const problem = { type: 'about:blank', title: 'x', status: 409, code: 'refused', detail: 'secret' } as const;
const found: Findings = {
  version: '1.2.3',
  at: '2026-11-20T10:42:00.000Z',
  office: { host: 'Excel PC 16.0', sets: ['ExcelApi 1.17'], languages: ['it-IT', 'en-GB'] },
  browser: 'Edge',
  health: { milliseconds: 12, version: '1.2.4' },
  state: {
    ...initialState,
    address: 'https://plant.example',
    company: 'AW',
    session: {
      user: 'anna',
      rights: ['release'],
      company,
      companies: [company],
      today: calendarDate('2026-11-20'),
      version: '1.2.4',
    },
    loaded: { ...aSearch(128), query: { customer: 'Rossi' } },
    failures: [
      { at: Date.UTC(2026, 10, 20, 9), error: new ApiError('problem', '/api/runs', problem) },
      { at: Date.UTC(2026, 10, 20, 8), error: new SheetError('excel', 'GeneralException') },
    ],
  },
};

describe('diagnostics', () => {
  it('say who, where and with what, and the last errors with their codes and times', () => {
    const text = diagnosticsText(diagnostics(found, textsIn('en')));
    for (const part of [
      '1.2.3',
      '1.2.4',
      'https://plant.example (answers in 12 ms)',
      'AW',
      'anna',
      'release',
    ])
      assert.ok(text.includes(part), part);
    assert.match(text, /Excel: Excel PC 16\.0\nRequirement sets: ExcelApi 1\.17\n/);
    assert.match(text, /128 orders loaded, 0 marked/);
    assert.match(
      text,
      /Last errors: \n2026-11-20T09:00:00\.000Z problem 409 refused \/api\/runs\n2026-11-20T08:00:00\.000Z excel GeneralEx/,
    );
  });

  it('hold nothing of the orders', () => {
    const text = diagnosticsText(diagnostics(found, textsIn('en')));
    assert.doesNotMatch(text, /Rossi|secret/);
  });

  for (const language of languages) {
    it(`have words for everything in ${language}, also where nothing is known`, () => {
      const nothing = { ...found, health: null, state: initialState };
      for (const some of [found, nothing]) {
        const lines = diagnostics(some, textsIn(language));
        for (const line of lines.flat()) assert.doesNotMatch(line, /pane\.|\{\{|undefined|^$/);
      }
    });
  }
});

describe("the order book's health", () => {
  const answering =
    (status: number, body: string): Fetch =>
    async () => {
      if (status === 0) throw new TypeError('Failed to fetch');
      return new Response(body, { status });
    };

  it('is known only when an order book answers', async () => {
    const healthy = '{"status":"ok","version":"1.2.4"}';
    assert.equal((await healthOf(answering(200, healthy)))?.version, '1.2.4');
    assert.equal(await healthOf(answering(200, '<html>')), null);
    assert.equal(await healthOf(answering(404, healthy)), null);
    assert.equal(await healthOf(answering(0, '')), null);
  });
});
