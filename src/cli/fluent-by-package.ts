import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const ALL = '@fluentui/react-components';

/**
 * Takes each component of Fluent from its own package instead of from the one that has them all. What that one names, esbuild counts as
 * used by every file that imports anything from it, so the components of a lazy view would be loaded at once.
 */
export const fluentByPackage: Plugin = {
  name: 'components of Fluent by package',
  setup(bundler) {
    const index = require.resolve(ALL).replace(/lib-commonjs[\\/]index\.cjs$/, 'lib/index.js');
    const homes = readFile(index, 'utf8').then(homesOf);
    bundler.onLoad({ filter: /src[\\/]addin[\\/].*\.tsx$/ }, async ({ path: file }) => {
      const [source, known] = await Promise.all([readFile(file, 'utf8'), homes]);
      return { contents: byPackage(source, known), loader: 'tsx' };
    });
    // They are installed for that package: beside it or within it.
    bundler.onResolve({ filter: /^@fluentui\/[\w-]+$/ }, ({ path: name, importer, kind }) =>
      name !== ALL && importer.endsWith('.tsx')
        ? bundler.resolve(name, { kind, importer: index, resolveDir: path.dirname(index) })
        : undefined,
    );
  },
};

/** The package that each name comes from. */
function homesOf(index: string): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  for (const [, names = '', home = ''] of index.matchAll(/export \{([^}]*)\} from "([^"]+)"/g)) {
    for (const name of names.split(',')) homes.set(name.trim(), home);
  }
  return homes;
}

/** What no package is known for stays where it is: the pane is right then, only larger. */
function byPackage(source: string, homes: ReadonlyMap<string, string>): string {
  return source.replace(
    new RegExp(`^import \\{([^}]*)\\} from '${ALL}';`, 'm'),
    (_statement, imported: string) => {
      const names = imported.split(',').map((name) => name.trim());
      return names
        .filter((name) => name !== '' && !name.startsWith('type '))
        .map((name) => `import { ${name} } from '${homes.get(name) ?? ALL}';`)
        .join(' ');
    },
  );
}
