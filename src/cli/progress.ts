import type { Text } from '../adapter/texts';
import type { TextKey } from '../language/text';

/** What a step says when it is done: a text, filled with these values and the `seconds` it took. */
export interface Done {
  readonly key: TextKey;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Tells in plain words what is going on. */
export interface Progress {
  say(key: TextKey, params?: Readonly<Record<string, string | number>>): void;
  /** Says what begins, does it, and says what came of it and how long it took. `done` gives undefined to say nothing. */
  step<T>(begin: TextKey, work: () => Promise<T>, done: (result: T) => Done | undefined): Promise<T>;
}

export function createProgress(text: Text, write: (line: string) => void): Progress {
  return {
    say: (key, params) => write(text(key, params)),
    async step(begin, work, done) {
      write(text(begin));
      const started = performance.now();
      const result = await work();
      const said = done(result);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (said) write(text(said.key, { ...said.params, seconds }));
      return result;
    },
  };
}
