type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Of the given values those that are not so already. A change that changes nothing is none, and leaves no trace. */
export function differing<T extends object>(before: object, given: T): Given<T> {
  const known: Readonly<Record<string, unknown>> = { ...before };
  const pairs = Object.entries(given).filter(([name, value]) => value !== undefined && known[name] !== value);
  // The very entries of `given`, less those left out.
  return Object.fromEntries(pairs) as Given<T>;
}
