/** What Office says about itself. */
export interface OfficeFacts {
  /** `Excel OfficeOnline 16.0.1` */
  readonly host: string;
  /** Requirement sets that hold, the highest version of each. */
  readonly sets: readonly string[];
  /** Of its menus, of the document, of the browser. */
  readonly languages: readonly string[];
}

/** Sets this add-in looks at, with a minor version beyond the newest there is. */
const SETS = [
  ['ExcelApi', 30],
  ['SharedRuntime', 3],
  ['RibbonApi', 5],
  ['OpenBrowserWindowApi', 3],
  ['DialogApi', 4],
] as const;

export function officeFacts(): OfficeFacts {
  const context = globalThis.Office?.context;
  const about = context?.diagnostics;
  return {
    host: about === undefined ? '' : [about.host, about.platform, about.version].join(' '),
    sets: context?.requirements === undefined ? [] : SETS.flatMap(([name, beyond]) => highest(name, beyond)),
    languages: [context?.displayLanguage, context?.contentLanguage, globalThis.navigator?.language].flatMap(
      (language) => language ?? [],
    ),
  };
}

function highest(name: string, beyond: number): string[] {
  for (let minor = beyond; minor > 0; minor--) {
    if (Office.context.requirements.isSetSupported(name, `1.${minor}`)) return [`${name} 1.${minor}`];
  }
  return [];
}
