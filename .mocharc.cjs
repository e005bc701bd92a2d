// mocha adds these to the files named on the command line; named files are to run alone.
const named = process.argv.slice(2).some((argument) => argument.endsWith('.ts'));

module.exports = {
  require: ['tsx/cjs', './test/postgres.ts', ...(named ? [] : ['./test/for-all-workers.ts'])],
  timeout: 30_000,
  ...(named ? {} : { spec: ['test/**/*.test.ts'], parallel: true, jobs: 2 }),
};
