import assert from 'node:assert/strict';
import { problemCodes } from '../../src/contract/problem';
import { refusalCodes } from '../../src/domain/refusals';
import { useAdapter } from '../adapter/http/adapter';
import { apiDescription, readDocument } from './api-document';
import { operationsOf } from './api-reference';

const REMEDY = 'run `npm run docs:api`';

describe('docs/api.md', () => {
  const adapter = useAdapter();

  it('has a heading for every operation of the API, and no other', async () => {
    const { made } = await readDocument();
    const headings = [...made.matchAll(/^#### (.+)$/gm)].map(([, name]) => name);
    const operations = operationsOf(await apiDescription(adapter)).map(([, name]) => name);
    assert.deepEqual(headings, operations, REMEDY);
  });

  it('leaves out no operation for a tag that nobody lists', async () => {
    const description = await apiDescription(adapter);
    const listed = operationsOf(description).length;
    assert.equal(listed, Object.values(description.paths).flatMap(Object.keys).length);
  });

  it('names every parameter an operation takes', async () => {
    const { made } = await readDocument();
    const sections = new Map(made.split(/^#### /m).map((section) => [section.split('\n')[0], section]));
    const missing = operationsOf(await apiDescription(adapter)).flatMap(([, name, { parameters = [] }]) =>
      parameters
        .filter((parameter) => parameter.name !== 'x-company')
        .filter((parameter) => !sections.get(name)?.includes(`\`${parameter.name}\``))
        .map((parameter) => `${name} ${parameter.name}`),
    );
    assert.deepEqual(missing, [], REMEDY);
  });

  it('explains every code', async () => {
    const { made } = await readDocument();
    const missing = [...problemCodes, ...refusalCodes].filter((code) => !made.includes(`| \`${code}\``));
    assert.deepEqual(missing, [], REMEDY);
  });
});
