import { createRequire } from 'node:module';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import boundaries from 'eslint-plugin-boundaries';

const officeAddins = createRequire(import.meta.url)('eslint-plugin-office-addins');

/** The programs of docs/architecture.md and what each may import. */
const walls = {
  domain: [],
  language: [],
  contract: ['domain'],
  adapter: ['domain', 'contract', 'language'],
  addin: ['domain', 'contract', 'language'],
  workbench: [],
  cli: ['domain', 'contract', 'language', 'adapter', 'addin', 'workbench'],
};

const forbidImports = (message, ...group) => ['error', { patterns: [{ group, message }] }];

export default defineConfig([
  globalIgnores(['dist/', 'node_modules/', '.launchbook/']),
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', '*.cjs', '*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.json'] } },
      'boundaries/include': ['src/**/*'],
      'boundaries/elements': Object.keys(walls).map((type) => ({ type, pattern: `src/${type}` })),
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/require-await': 'off',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(walls).map(([from, to]) => ({
            from: { element: { type: from } },
            allow: [from, ...to].map((type) => ({ to: { element: { type } } })),
          })),
        },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['src/domain/**'],
    ignores: ['src/domain/calendar.ts'],
    rules: {
      'no-restricted-imports': forbidImports(
        'The domain is pure; luxon belongs in calendar.ts.',
        'node:*',
        'luxon',
        'react',
        'pg',
      ),
      'no-restricted-globals': ['error', 'Date', 'process', 'fetch'],
    },
  },
  {
    files: ['src/adapter/**', 'src/cli/**'],
    ignores: [
      'src/adapter/orderbook/**',
      'src/adapter/runs/**',
      'src/adapter/embedded-postgres*',
      'src/adapter/embedded-postgres/**',
    ],
    rules: {
      'no-restricted-imports': forbidImports(
        'Only the order book and the run ledger speak SQL.',
        'pg',
        'kysely',
      ),
    },
  },
  {
    files: ['src/addin/**'],
    ignores: ['src/addin/excel/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Excel', message: 'Only src/addin/excel touches the workbook.' },
      ],
    },
  },
  {
    files: ['src/addin/excel/**'],
    plugins: { 'office-addins': officeAddins },
    rules: {
      'office-addins/call-sync-after-load': 'error',
      'office-addins/call-sync-before-read': 'error',
      'office-addins/load-object-before-read': 'error',
      'office-addins/no-context-sync-in-loop': 'error',
      'office-addins/no-empty-load': 'error',
      'office-addins/no-navigational-load': 'error',
      'office-addins/no-office-initialize': 'error',
    },
  },
  {
    files: [
      'src/cli/**',
      'bench/**',
      'data/**',
      'src/workbench/page/build.ts',
      'src/workbench/capture/probes.js',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.{mjs,cjs,js}'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['**/*.{cjs,js}'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
]);
