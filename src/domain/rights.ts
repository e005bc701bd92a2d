/**
 * What somebody may be allowed to do beyond reading. `force` goes beside the right to the command that is forced; `pick` is for picking
 * work, `policy` for the policies of the company.
 */
export const rights = [
  'release',
  'restore',
  'refresh',
  'declare',
  'pick',
  'hold',
  'force',
  'policy',
  'import',
] as const;
export type Right = (typeof rights)[number];
