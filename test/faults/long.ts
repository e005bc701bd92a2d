import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * The long form of a test with a seed: `long.ts kill --rounds 500 --seed 7` runs `kill.test.ts` alone with these figures. Without
 * a seed it takes a new one; the names of the tests repeat it.
 */
function main(): number {
  const { values, positionals } = parseArgs({
    options: { rounds: { type: 'string' }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  const mocha = createRequire(__filename).resolve('mocha/bin/mocha.js');
  const files = positionals.map((name) => path.join(__dirname, `${name}.test.ts`));
  const figures = {
    ...(values.rounds !== undefined && { ROUNDS: values.rounds }),
    ...(values.seed !== undefined && { SEED: values.seed }),
  };
  const { status } = spawnSync(process.execPath, [mocha, ...files], {
    cwd: path.resolve(__dirname, '../..'),
    env: { ...process.env, ...figures },
    stdio: 'inherit',
  });
  return status ?? 1;
}

process.exitCode = main();
