module.exports = {
  require: ['tsx/cjs', './test/postgres.ts'],
  spec: ['test/**/*.test.ts'],
  timeout: 30_000,
};
