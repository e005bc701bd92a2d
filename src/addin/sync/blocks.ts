/** Neighbouring rows or columns: `count` of them from `first`, counted from 0. */
export interface Block {
  readonly first: number;
  readonly count: number;
}

/** Joins ascending positions without duplicates into blocks of neighbours. */
export function blocksOf(positions: readonly number[]): Block[] {
  const blocks: { first: number; count: number }[] = [];
  for (const position of positions) {
    const last = blocks.at(-1);
    if (last !== undefined && last.first + last.count === position) last.count += 1;
    else blocks.push({ first: position, count: 1 });
  }
  return blocks;
}
