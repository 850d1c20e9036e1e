import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A text that comes in both languages, in the page's. */
export function useInLanguage(): (text: { readonly en: string; readonly de: string }) => string {
  const { i18n } = useTranslation();
  const isGerman = i18n.language === 'de';
  return useCallback(({ de, en }) => (isGerman ? de : en), [isGerman]);
}
