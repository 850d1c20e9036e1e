/** What the address of a page here is about, or null. */
import type { DmcaTarget } from '@virgil/contract';

const PAGES: readonly (readonly [DmcaTarget['type'], RegExp])[] = [
  ['video', /^\/videos\/([A-Za-z0-9_-]{1,64})\/?$/],
  ['video', /^\/media\/videos\/([A-Za-z0-9_-]{1,64})\.\w+$/],
  ['livestream', /^\/watch\/([A-Za-z0-9_-]{1,64})\/?$/],
];

/** `host`: this instance's. An address without a host is taken as one of ours. */
export function targetOfAddress(address: string, host: string): DmcaTarget | null {
  const text = address.trim();
  const base = `https://${host}`;
  if (text === '' || !URL.canParse(text, base)) return null;
  const url = new URL(/^[\w.-]+(:\d+)?\//.test(text) && !text.startsWith('/') ? `https://${text}` : text, base);
  if (!/^https?:$/.test(url.protocol) || url.host !== host) return null;
  for (const [type, pattern] of PAGES) {
    const id = pattern.exec(url.pathname)?.[1];
    if (id !== undefined) return { type, id };
  }
  return null;
}
