/** Small edits of lists, and the id that a new rule gets from its name. */

/** One place up or down; at the end it stays. */
export function moved<T>(items: readonly T[], at: number, by: 1 | -1): T[] {
  const to = at + by;
  const [one, other] = [items[at], items[to]];
  if (one === undefined || other === undefined) return [...items];
  return items.with(at, other).with(to, one);
}

export const without = <T>(items: readonly T[], at: number): T[] => items.filter((_, index) => index !== at);

/** `Private data!` becomes `private-data`; null where nothing is left of the name. Never one that is taken. */
export function slugOf(name: string, taken: ReadonlySet<string>): string | null {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 36)
    .replace(/-+$/, '');
  if (slug.length < 2) return null;
  for (let n = 1; ; n++) {
    const id = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(id)) return id;
  }
}
