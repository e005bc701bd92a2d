/** Item and variant as somebody has entered them: the item may hold the variant as well, after a blank, as sheets show them. */
export interface Named {
  readonly item: string;
  readonly variant: string;
}

/** Every item that may be meant, the longest first. */
export function itemsMeant({ item, variant }: Named): Named[] {
  if (variant !== '') return [{ item, variant }];
  const words = item.split(' ');
  return words.map((_, left) => ({
    item: words.slice(0, words.length - left).join(' '),
    variant: words
      .slice(words.length - left)
      .join(' ')
      .trim(),
  }));
}

/** The item that is meant, of those there are: the longest, because codes may hold blanks. What was entered where there is none. */
export function itemNamed(named: Named, isItem: (code: string) => boolean): Named {
  return itemsMeant(named).find(({ item }) => isItem(item)) ?? named;
}
