import type { DefinitivePrint, PaperKind, PaperOrder } from '../../domain/papers/paper';
import { a4 } from './fonts';
import type { Pen } from './pen';
import type { PaperWords } from './words';

/** Left there is room for holes. */
export const margin = { left: 48, right: 36 } as const;
export const bodyWidth = a4.width - margin.left - margin.right;
/** Between head and foot; see `frame.ts`, which fills what is around it. */
export const body = { top: 190, bottom: 792 } as const;
export const bodyHeight = body.bottom - body.top;

/** One paper of one order that is being drawn. */
export interface Paper {
  readonly order: PaperOrder;
  readonly kind: PaperKind;
  /** Null: a control print, which has neither number nor barcodes. */
  readonly print: DefinitivePrint | null;
}

/** What stays together on a page. */
export interface Block {
  readonly height: number;
  /** Goes to the next page with what follows it. */
  readonly keepWithNext?: boolean;
  /** Stands again at the top of every further page, until the next one of its like. */
  readonly heading?: boolean;
  draw(pen: Pen, y: number): void;
}

/** Makes the pages of one paper, top to bottom: at least one. */
export type Layout = (paper: Paper, words: PaperWords) => readonly (readonly Block[])[];

/** Puts blocks on pages one after the other. No block may be higher than a page. */
export function paginate(blocks: readonly Block[]): Block[][] {
  const pages: Block[][] = [[]];
  let left = bodyHeight;
  let heading: Block | undefined;
  for (const group of groupsOf(blocks)) {
    const height = heightOf(group);
    if (height > left && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push(heading && group[0]?.heading !== true ? [heading] : []);
      left = bodyHeight - (heading && group[0]?.heading !== true ? heading.height : 0);
    }
    pages.at(-1)?.push(...group);
    left -= height;
    heading = group.findLast((block) => block.heading === true) ?? heading;
  }
  return pages;
}

/** Blocks that stay together, each group ending with one that need not. */
function groupsOf(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  let open: Block[] = [];
  for (const block of blocks) {
    open.push(block);
    if (block.keepWithNext === true) continue;
    groups.push(open);
    open = [];
  }
  return open.length > 0 ? [...groups, open] : groups;
}

const heightOf = (blocks: readonly Block[]) => blocks.reduce((sum, { height }) => sum + height, 0);

export function drawBlocks(pen: Pen, blocks: readonly Block[]): void {
  let y: number = body.top;
  for (const block of blocks) {
    block.draw(pen, y);
    y += block.height;
  }
}
