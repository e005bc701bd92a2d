import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_REQUIREMENTS } from '../../src/workbench/protocol/excel-host';
import type { Metadata, Requirement } from '../../src/workbench/protocol/metadata';
import { readInstalledMetadata } from '../../src/workbench/protocol/read-metadata';
import { isOffered } from '../../src/workbench/protocol/requirements';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { failure } from './failure';

/** What the host refuses comes from office.js itself; Microsoft's type declarations say the same in their comments. */
describe('An Excel with no more than ExcelApi 1.13', () => {
  let excel: HeadlessExcel;
  beforeEach(() => {
    excel = createHeadlessExcel();
  });
  afterEach(() => {
    excel.dispose();
  });

  it('is what add-ins meet unless a newer one is asked for', () => {
    assert.deepEqual(DEFAULT_REQUIREMENTS, { ExcelApi: '1.13' });
    assert.equal(excel.host.requirements, DEFAULT_REQUIREMENTS);
  });

  it('knows the version of each member as Microsoft documents it', () => {
    const documented = documentedVersions();
    const known = membersOf(readInstalledMetadata());
    const unlike = [...known].filter(([member, since]) => isNewer(documented.get(member), since));
    // Its password came later than the method, and with it the version.
    assert.deepEqual(
      unlike.map(([member]) => member),
      ['WorksheetProtection.unprotect'],
    );
    assert.ok(known.size > 1000 && documented.size > 1000);
  });

  it('refuses what came later, by name: methods, properties, objects and events', async () => {
    const later: Record<string, (context: Excel.RequestContext) => unknown> = {
      'Range.getPrecedents': ({ workbook }) => workbook.getActiveCell().getPrecedents(),
      'Range.getDependents': ({ workbook }) => workbook.getActiveCell().getDependents(),
      'TableRowCollection.deleteRows': ({ workbook }) => {
        workbook.tables.add('A1:B4', true).rows.deleteRows([0]);
      },
      'Workbook.queries': ({ workbook }) => workbook.queries.getCount(),
      'Workbook.linkedWorkbooks': ({ workbook }) => {
        workbook.linkedWorkbooks.refreshAll();
      },
      'Worksheet._RegisterProtectionChangedEvent': ({ workbook }) =>
        workbook.worksheets.getActiveWorksheet().onProtectionChanged.add(async () => {}),
    };
    for (const [member, use] of Object.entries(later)) {
      const error = await failure(() =>
        excel.Excel.run(async (context) => {
          use(context);
          await context.sync();
        }),
      );
      assert.equal(error.code, 'ApiNotFound', `${member}: ${error.message}`);
    }
  });
});

/** Of each class and member of the rich API the version that brought it: its own, or that of its class. */
function documentedVersions(): ReadonlyMap<string, Requirement> {
  const declarations = readFileSync(require.resolve('@types/office-js/index.d.ts'), 'utf8');
  const excel = declarations.slice(declarations.indexOf('declare namespace Excel {'));
  const versions = new Map<string, Requirement>();
  let [owner, comment] = ['', ''];
  for (const line of excel.split('\n')) {
    if (line.startsWith('}')) break;
    if (/^\s+\/?\*/.test(line)) comment = line.includes('/**') ? line : comment + line;
    const type = /^ {4}(?:interface|class) (\w+)/.exec(line)?.[1];
    const member = /^ {8}(?:readonly )?(\w+)[(<:?]/.exec(line)?.[1];
    const [, set, version] = /\[Api set: (\w+) ([\d.]+)/.exec(comment) ?? [];
    if (type !== undefined) owner = type;
    const name = type ?? (member !== undefined && owner !== '' ? `${owner}.${member}` : undefined);
    if (name === undefined) continue;
    if (set !== undefined && version !== undefined && !versions.has(name))
      versions.set(name, { set, version });
    comment = '';
  }
  return versions;
}

interface Member {
  readonly name: string;
  readonly since?: Requirement;
}

/** The version the host asks for before a member is used: its own, or that of the way to its class. */
function membersOf({ classes }: Metadata): ReadonlyMap<string, Requirement> {
  const documented = documentedVersions();
  const first = { set: 'ExcelApi', version: '1.1' };
  return new Map(
    Object.values(classes).flatMap(({ name, scalars, navigations, methods }) =>
      [scalars, navigations, methods].flatMap((members: Readonly<Record<string, Member>>) =>
        Object.values(members).map((member): [string, Requirement] => {
          const ofClass = documented.get(name) ?? first;
          const since = member.since ?? first;
          // What one platform alone has is of a set of its own.
          const own = since.set !== first.set || !isNewer(ofClass, since);
          return [`${name}.${member.name}`, own ? since : ofClass];
        }),
      ),
    ),
  );
}

function isNewer(one: Requirement | undefined, other: Requirement): boolean {
  return one !== undefined && !isOffered({ [other.set]: other.version }, one);
}
