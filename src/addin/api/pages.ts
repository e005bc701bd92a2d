interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly total: number | null;
}

/**
 * Reads page after page. An item that comes twice, because the data changed between two pages, is kept once, as it came
 * last. `onPage` hears how many items are there, and how many there will be as far as known.
 */
export async function readAll<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  idOf: (item: T) => string,
  onPage: (done: number, total: number) => void = () => {},
): Promise<T[]> {
  const items = new Map<string, T>();
  let cursor: string | undefined;
  let total = 0;
  do {
    const page = await read(cursor);
    for (const item of page.items) items.set(idOf(item), item);
    total = Math.max(page.total ?? total, items.size);
    onPage(items.size, total);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return [...items.values()];
}
