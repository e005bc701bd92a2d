import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Answers, workbenchAnswers } from './workbench-answers';

describe('The questions a real Excel can be asked', () => {
  let answers: Answers;
  before(async function () {
    this.timeout(60_000);
    answers = await workbenchAnswers('1.13');
  });

  it('are all answered by the workbench', () => {
    const failed = Object.entries(answers).filter(([, answer]) => Object.hasOwn(answer as object, 'failed'));
    assert.deepEqual(failed, []);
    assert.ok(Object.keys(answers).length >= 19);
  });

  it('tell one Excel from another', async () => {
    const newer = await workbenchAnswers('1.14');
    const differing = Object.keys(answers).filter(
      (question) => JSON.stringify(answers[question]) !== JSON.stringify(newer[question]),
    );
    assert.deepEqual(differing, ['events of the own writes', 'requirement sets']);
  });

  it('can be pasted into Excel as they are: no imports, and nothing but what Excel has', () => {
    const source = readFileSync('src/workbench/capture/probes.js', 'utf8');
    assert.doesNotMatch(source, /\b(?:import|require|process)\b/);
  });
});
