/** What somebody may be allowed to do beyond reading. `force` goes beside the right to the command that is forced. */
export const rights = ['release', 'restore', 'refresh', 'declare', 'hold', 'force', 'import'] as const;
export type Right = (typeof rights)[number];
