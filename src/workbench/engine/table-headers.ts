/** Names for table columns as Excel gives them: `Column1` for an empty header, a number behind a repeated one. */
export function uniqueHeaders(headers: readonly string[]): string[] {
  const taken = new Set(headers.map((header) => header.toLowerCase()).filter((header) => header !== ''));
  const seen = new Set<string>();
  return headers.map((header) => {
    const base = header === '' ? 'Column' : header;
    let name = header === '' ? 'Column1' : header;
    for (let number = 2; isTaken(name, header, seen, taken); number++) {
      name = `${base}${String(number)}`;
    }
    seen.add(name.toLowerCase());
    return name;
  });
}

function isTaken(
  name: string,
  header: string,
  seen: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): boolean {
  const key = name.toLowerCase();
  return seen.has(key) || (name !== header && taken.has(key));
}
