/** Asks the Excel on the global object all questions; answers by question, an error as `{ failed: code }`. */
export function capture(): Promise<Readonly<Record<string, unknown>>>;
