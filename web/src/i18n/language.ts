/** Which language the page speaks: the profile's, else what was chosen here, else the browser's. */
export type AppLanguage = 'en' | 'de';

/** Read by public/before-paint.js too. */
const KEY = 'virgil.language';

export function isAppLanguage(value: unknown): value is AppLanguage {
  return value === 'en' || value === 'de';
}

export function languageFrom(remembered: string | null, browser: readonly string[]): AppLanguage {
  if (isAppLanguage(remembered)) return remembered;
  for (const tag of browser) {
    const base = tag.slice(0, 2).toLowerCase();
    if (isAppLanguage(base)) return base;
  }
  return 'en';
}

export function preferredLanguage(): AppLanguage {
  return languageFrom(localStorage.getItem(KEY), navigator.languages);
}

export function rememberLanguage(language: AppLanguage): void {
  localStorage.setItem(KEY, language);
}
