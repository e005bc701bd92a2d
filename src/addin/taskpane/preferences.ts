import { type CalendarDate, isCalendarDate } from '../../domain/calendar';
import { type Language, languageOf, languages } from '../../language/text';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Who gets scarce material first where no priorities are typed. */
export const sequences = ['byStart', 'asShown'] as const;
export type Sequence = (typeof sequences)[number];

/** A day to post on that was chosen for one company on one of its days. */
export interface Posting {
  readonly company: string;
  /** The plant's day on which it was chosen. */
  readonly chosenOn: CalendarDate;
  readonly day: CalendarDate;
}

/** What this person chose on this computer; none of it belongs to a workbook. */
export interface Preferences {
  /** Null: as Excel speaks. */
  readonly language: Language | null;
  readonly theme: Theme;
  readonly sequence: Sequence;
  /** Marked rows that are hidden go along from the start. */
  readonly includeHidden: boolean;
  /** Null: releases post on the day they are made. */
  readonly posting: Posting | null;
}

const NAME = 'launchbook.preferences';

export function readPreferences(): Preferences {
  const stored = parse(globalThis.localStorage?.getItem(storageName()) ?? '{}');
  return {
    language: languages.find((language) => language === stored['language']) ?? null,
    theme: themes.find((theme) => theme === stored['theme']) ?? 'system',
    sequence: sequences.find((sequence) => sequence === stored['sequence']) ?? 'byStart',
    includeHidden: stored['includeHidden'] === true,
    posting: postingIn(stored['posting']),
  };
}

export function writePreferences(preferences: Preferences): void {
  globalThis.localStorage?.setItem(storageName(), JSON.stringify(preferences));
}

export function shownLanguage(preferences: Preferences): Language {
  return preferences.language ?? languageOf([globalThis.Office?.context?.displayLanguage ?? 'en']);
}

/**
 * The day to post on, as long as it holds: in the company it was chosen for, until that plant's day is over. A day that was
 * forgotten would post next week's releases into last month.
 */
export function postingDay(
  posting: Posting | null,
  session: { readonly company: { readonly code: string }; readonly today: CalendarDate } | null,
): CalendarDate | null {
  if (posting === null || session === null) return null;
  const holds = posting.company === session.company.code && posting.chosenOn === session.today;
  return holds ? posting.day : null;
}

function postingIn(stored: unknown): Posting | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { company, chosenOn, day }: Partial<Record<keyof Posting, unknown>> = stored;
  const readable = typeof company === 'string' && isDay(chosenOn) && isDay(day);
  return readable ? { company, chosenOn, day } : null;
}

function isDay(value: unknown): value is CalendarDate {
  return typeof value === 'string' && isCalendarDate(value);
}

/** Excel on the web keeps the storage of add-ins apart by this key. */
function storageName(): string {
  return `${globalThis.Office?.context?.partitionKey ?? ''}${NAME}`;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
