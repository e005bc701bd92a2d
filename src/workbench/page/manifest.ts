/** A text of the manifest: its default and its overrides by locale, e.g. `{ default: 'Release', byLocale: { 'it-IT': 'Rilascia' } }`. */
export interface LocalizedText {
  readonly default: string;
  readonly byLocale: Readonly<Record<string, string>>;
}

export type RibbonAction =
  | { readonly kind: 'pane'; readonly url: LocalizedText; readonly title?: LocalizedText }
  | { readonly kind: 'function'; readonly name: string };

/** Image addresses by edge length in pixels, e.g. `{ 16: …, 32: …, 80: … }`. */
export type Icons = Readonly<Record<number, LocalizedText>>;

export interface RibbonButton {
  readonly kind: 'button';
  readonly id: string;
  readonly label: LocalizedText;
  readonly tip?: { readonly title: LocalizedText; readonly description: LocalizedText };
  readonly icons: Icons;
  readonly enabled: boolean;
  readonly action: RibbonAction;
}

export interface RibbonMenu {
  readonly kind: 'menu';
  readonly id: string;
  readonly label: LocalizedText;
  readonly tip?: { readonly title: LocalizedText; readonly description: LocalizedText };
  readonly icons: Icons;
  readonly enabled: boolean;
  readonly items: readonly RibbonButton[];
}

export interface RibbonGroup {
  readonly id: string;
  readonly label: LocalizedText;
  readonly controls: readonly (RibbonButton | RibbonMenu)[];
}

export interface RibbonTab {
  readonly id: string;
  /** Absent for a tab of the application itself (`OfficeTab`), e.g. `TabHome`. */
  readonly label?: LocalizedText;
  readonly groups: readonly RibbonGroup[];
}

/** What the workbench needs to know about an add-in. Plain data: it travels to the page as JSON. */
export interface AddinManifest {
  readonly id: string;
  readonly version: string;
  readonly provider: string;
  readonly defaultLocale: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly icon: LocalizedText;
  readonly pane: LocalizedText;
  /** The pane keeps running while hidden, and ribbon functions run in it. */
  readonly sharedRuntime: boolean;
  /** Page of the ribbon functions when there is no shared runtime. */
  readonly functionFile?: LocalizedText;
  readonly tabs: readonly RibbonTab[];
}

/** The text for a locale: the exact override, else one of the same language, else the default. */
export function localized(text: LocalizedText, locale: string): string {
  const exact = text.byLocale[locale];
  if (exact !== undefined) return exact;
  const language = locale.split('-')[0];
  const related = Object.keys(text.byLocale).find((candidate) => candidate.split('-')[0] === language);
  return related === undefined ? text.default : (text.byLocale[related] ?? text.default);
}
