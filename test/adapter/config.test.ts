import assert from 'node:assert/strict';
import path from 'node:path';
import { rights } from '../../src/domain/rights';
import { readConfig } from '../../src/adapter/config';
import { SetupError, type SetupProblem } from '../../src/adapter/errors';

const folder = path.resolve('/data');

function problems(environment: Record<string, string>): readonly SetupProblem[] {
  try {
    readConfig(environment, folder);
  } catch (error) {
    if (error instanceof SetupError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing to be set; a blank variable is not set', () => {
    const defaults = {
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 0,
      dataFolder: folder,
      user: 'planner',
      rights: [...rights],
      logLevel: 'info',
    };
    assert.deepEqual(readConfig({}, folder), defaults);
    assert.deepEqual(
      readConfig({ DATABASE_URL: '', PORT: ' ', HOST: '', LAUNCHBOOK_USER: ' ' }, folder),
      defaults,
    );
  });

  it('takes every variable', () => {
    const environment = {
      DATABASE_URL: 'postgresql://me:secret@db.example.com:5432/plant',
      HOST: 'localhost',
      PORT: '3000',
      LAUNCHBOOK_DATA: 'somewhere',
      LAUNCHBOOK_USER: 'Łucja Bianchi',
      LAUNCHBOOK_RIGHTS: 'release, restore force',
      LAUNCHBOOK_LOG: 'debug',
    };
    assert.deepEqual(readConfig(environment, folder), {
      databaseUrl: 'postgresql://me:secret@db.example.com:5432/plant',
      host: 'localhost',
      port: 3000,
      dataFolder: path.resolve('somewhere'),
      user: 'Łucja Bianchi',
      rights: ['release', 'restore', 'force'],
      logLevel: 'debug',
    });
  });

  it('reports every wrong variable at once, and never the secret one', () => {
    const environment = {
      DATABASE_URL: 'mysql://me:secret@host/db',
      HOST: '0.0.0.0',
      PORT: '70000',
      LAUNCHBOOK_USER: 'x'.repeat(61),
      LAUNCHBOOK_RIGHTS: 'release, fly',
      LAUNCHBOOK_LOG: 'loud',
    };
    assert.deepEqual(problems(environment), [
      { code: 'config-DATABASE_URL', params: {} },
      { code: 'config-HOST', params: { value: '0.0.0.0' } },
      { code: 'config-PORT', params: { value: '70000' } },
      { code: 'config-LAUNCHBOOK_USER', params: { value: 'x'.repeat(61) } },
      { code: 'config-LAUNCHBOOK_RIGHTS', params: { value: 'release, fly' } },
      { code: 'config-LAUNCHBOOK_LOG', params: { value: 'loud' } },
    ]);
  });

  it('leaves a planner who may do nothing with reading', () => {
    assert.deepEqual(readConfig({ LAUNCHBOOK_RIGHTS: 'none' }, folder).rights, []);
  });

  for (const port of ['-1', '80.5', '0x50', '1e3', 'http', '65536', '999999']) {
    it(`refuses the port ${port}`, () => {
      assert.deepEqual(problems({ PORT: port }), [{ code: 'config-PORT', params: { value: port } }]);
    });
  }

  for (const host of ['localhost', '127.0.0.1', '127.0.1.1', '::1']) {
    it(`listens on ${host}`, () => assert.equal(readConfig({ HOST: host }, folder).host, host));
  }

  for (const host of [
    '0.0.0.0',
    '::',
    '192.168.1.10',
    'planner-pc',
    'localhost.example.com',
    '127.0.0.1.example.com',
  ]) {
    it(`does not listen on ${host}, where others could reach it`, () => {
      assert.deepEqual(problems({ HOST: host }), [{ code: 'config-HOST', params: { value: host } }]);
    });
  }
});
