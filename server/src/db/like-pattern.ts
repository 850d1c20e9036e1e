/** What someone typed into a search box, as a LIKE pattern: their `%` and `_` are letters. */
export function containing(words: string): string {
  return `%${words.trim().replace(/[\\%_]/g, '\\$&')}%`;
}
