import { type RefObject, useLayoutEffect } from 'react';

/** Keeps `--header-height` at what stands above the content, for pages that fill the window: the watch page. */
export function useHeaderHeight(content: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const main = content.current;
    const above = main?.parentElement;
    if (!main || !above) return;
    const measure = (): void => {
      document.documentElement.style.setProperty('--header-height', `${main.offsetTop}px`);
    };
    const observer = new ResizeObserver(measure);
    for (const element of above.children) {
      if (element === main) break;
      observer.observe(element);
    }
    measure();
    return () => observer.disconnect();
  }, [content]);
}
