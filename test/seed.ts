/** Where the random choices of a test begin: another place every time, or SEED. It stands in the names of the tests that use it. */
export const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);

/** How many rounds a test goes: few in the suite, ROUNDS in its long form. */
export const roundsOr = (few: number): number => Number(process.env['ROUNDS'] ?? few);
