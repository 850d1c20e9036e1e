/**
 * How much a payload weighs: characters and bytes it holds plus eight for each value. Stops counting once `limit`
 * is passed, and walks without recursion, because the payload is a stranger's.
 */
export function payloadSize(payload: unknown, limit: number): number {
  let size = 0;
  const pending: unknown[] = [payload];
  while (pending.length > 0 && size <= limit) {
    const value = pending.pop();
    size += 8;
    if (typeof value === 'string') size += value.length;
    else if (ArrayBuffer.isView(value)) size += value.byteLength;
    else if (value instanceof ArrayBuffer) size += value.byteLength;
    else if (Array.isArray(value)) {
      size += value.length;
      // An array longer than what is left is too large already; do not queue it.
      if (size <= limit) for (const item of value) pending.push(item);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        size += key.length;
        pending.push(item);
      }
    }
  }
  return size;
}
