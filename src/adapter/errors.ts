/** One thing that keeps Launchbook from starting. Its text is `setup.<code>`, filled with `params`. */
export interface SetupProblem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * Launchbook cannot start as it is set up. Holds every problem found, so that all can be mended at once.
 * The message is for logs; what the planner reads comes from the language files.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  readonly problems: readonly SetupProblem[];

  constructor(problems: readonly SetupProblem[], options?: ErrorOptions) {
    super(problems.map(({ code, params }) => `${code} ${JSON.stringify(params)}`).join('; '), options);
    this.problems = problems;
  }

  /** An error with a single problem. */
  static of(code: string, params: SetupProblem['params'] = {}, options?: ErrorOptions): SetupError {
    return new SetupError([{ code, params }], options);
  }
}
