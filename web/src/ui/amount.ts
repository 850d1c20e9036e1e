/** What a person types as an amount, in minor units: “4”, “4.5”, “4,50”, “ 4.50 €”. Null for anything else. */
export function minorUnitsOf(text: string): number | null {
  const match = /^\s*[€$£]?\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*[€$£]?\s*$/.exec(text);
  if (match === null) return null;
  const [, whole = '', part = ''] = match;
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** As one would type it in this language: “4,50”; whole amounts without digits behind the point. */
export function typedAmount(amount: number, language: string): string {
  const digits = amount % 100 === 0 ? 0 : 2;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', format).format(amount / 100);
}

/** 90 % to the creator; the platform's part is rounded down. */
export function sharesOf(amount: number): { readonly artist: number; readonly platform: number } {
  const platform = Math.floor(amount / 10);
  return { artist: amount - platform, platform };
}
