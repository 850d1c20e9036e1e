/** Moving through the queue: which item comes next, also after the open one has left it. Pure. */

interface Listed {
  readonly id: string;
}

/** Down or up from the open one; from none, the first. At an end it stays. */
export function neighbour(items: readonly Listed[], open: string | undefined, step: 1 | -1): string | undefined {
  const at = items.findIndex(({ id }) => id === open);
  if (at === -1) return items[0]?.id;
  return items[Math.min(Math.max(at + step, 0), items.length - 1)]?.id;
}

/**
 * What to open once `left` is decided or passed over: the one below it, at the end the one above, or nothing. `items`
 * may be the list before or after it left; then `wasBelow` says what stood below.
 */
export function after(items: readonly Listed[], left: string, wasBelow?: string): string | undefined {
  const at = items.findIndex(({ id }) => id === left);
  if (at !== -1) return items[at + 1]?.id ?? items[at - 1]?.id;
  if (wasBelow !== undefined && items.some(({ id }) => id === wasBelow)) return wasBelow;
  return items[0]?.id;
}
