import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Answers, workbenchAnswers } from './workbench-answers';

/** `CAPTURE=excel.json npm run capture:compare`: one test per question, failed where a real Excel answered otherwise. */
const file = process.env['CAPTURE'];
if (file === undefined)
  throw new Error('Say which answers to compare: CAPTURE=excel.json npm run capture:compare');
const real = JSON.parse(readFileSync(file, 'utf8')) as Answers;

describe(`The workbench beside the Excel of ${file}`, () => {
  let ours: Answers;
  before(async function () {
    this.timeout(60_000);
    const { ExcelApi = '1.13' } = (real['requirement sets'] ?? {}) as { ExcelApi?: string };
    ours = await workbenchAnswers(ExcelApi);
  });

  for (const [question, answer] of Object.entries(real)) {
    // Which sets there are is what an Excel is, not how it behaves.
    if (question !== 'requirement sets') it(question, () => assert.deepEqual(ours[question], answer));
  }
});
