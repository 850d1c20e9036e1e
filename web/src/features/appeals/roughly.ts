/** About how long something takes, in words of the page's language: “5 hours”, “20 Minuten”. */
const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function roughly(seconds: number, language: string): string {
  const locale = language.startsWith('de') ? 'de-DE' : 'en-GB';
  // From one and a half of a unit on it says more than many of the smaller one.
  const [unit, size] = STEPS.find(([, length]) => seconds >= length * 1.5) ?? STEPS[2];
  const amount = Math.max(1, Math.round(seconds / size));
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}
