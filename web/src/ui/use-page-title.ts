import { useEffect } from 'react';

/** The document's title; the shell reads it aloud after a navigation. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Virgil`;
  }, [title]);
}
