import assert from 'node:assert/strict';
import { preferred } from '../../../src/adapter/http/language';

describe('Accept-Language', () => {
  const cases: readonly (readonly [header: string, tags: readonly string[]])[] = [
    ['', []],
    ['it', ['it']],
    ['it-IT,it;q=0.9,en;q=0.8', ['it-IT', 'it', 'en']],
    ['en;q=0.2, it;q=0.7', ['it', 'en']],
    ['de, it;q=0', ['de']],
    ['it;q=nonsense, en', ['en']],
    [' , ;q=1', []],
  ];
  for (const [header, tags] of cases) {
    it(`reads ${JSON.stringify(header)}`, () => assert.deepEqual(preferred(header), tags));
  }
});
