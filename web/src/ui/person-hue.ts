/** A steady hue for a person, from their id: the same face on every page and every visit. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return (hash >>> 0) % 360;
}

/** One of the eight chat name colours. */
export function nameColourOf(id: string): string {
  return `var(--name-${(hueOf(id) % 8) + 1})`;
}

export function initialOf(name: string): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(name.trim())) return segment.toLocaleUpperCase();
  return '?';
}
