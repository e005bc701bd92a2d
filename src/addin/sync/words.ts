import { type OrderState, orderStates } from '../../domain/order';
import { type Action, actions } from '../../domain/transitions';
import { type CellWord, languages, wordIn } from '../../language/text';

const actionWords = wordsFor(actions, (action) => `action.${action}`);
const stateWords = wordsFor(orderStates, (state) => `state.${state}`);

/** The action a cell names in any of our languages. */
export function actionNamed(text: string): Action | null {
  return actionWords.get(plain(text)) ?? null;
}

/** The state a cell names in any of our languages. */
export function stateNamed(text: string): OrderState | null {
  return stateWords.get(plain(text)) ?? null;
}

const refreshed = languages.map((language) => wordIn(language, 'sheet.word.refreshed'));

/** Whether a Result cell says, in any of our languages, that its order was refreshed. */
export function saysRefreshed(result: string): boolean {
  return refreshed.some((word) => result.startsWith(word));
}

function wordsFor<T>(names: readonly T[], keyOf: (name: T) => CellWord): ReadonlyMap<string, T> {
  return new Map(
    languages.flatMap((language) =>
      names.map((name) => [plain(wordIn(language, keyOf(name))), name] as const),
    ),
  );
}

/** The text of a cell, as Excel gives its value; empty for what holds none. */
export function textOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
