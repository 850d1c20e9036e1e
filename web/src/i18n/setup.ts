import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type AppLanguage, preferredLanguage, rememberLanguage } from './language.ts';

const load: Record<AppLanguage, () => Promise<{ words: object }>> = {
  en: () => import('./en/index.ts'),
  de: () => import('./de/index.ts'),
};

async function wordsOf(language: AppLanguage): Promise<Record<string, object>> {
  return (await load[language]()).words as Record<string, object>;
}

/** Resolves when the words of the language are there; the page is drawn after that. */
export async function startI18n(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: await wordsOf(language) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: AppLanguage): Promise<void> {
  rememberLanguage(language);
  if (i18next.language === language) return;
  if (!i18next.hasResourceBundle(language, 'common')) {
    for (const [name, words] of Object.entries(await wordsOf(language))) {
      i18next.addResourceBundle(language, name, words);
    }
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
