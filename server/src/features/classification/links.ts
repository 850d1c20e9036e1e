/** What can be told from a link without opening it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Link {
  /** Lower case, without `www.`. */
  readonly host: string;
  readonly hasCredentials: boolean;
}

const LINK =
  /(?:https?:\/\/)?(?:(?<user>[\w.-]{1,40})(?::[^@\s/]{0,40})?@)?(?<host>(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,5}(?:[a-z]{2,24}|xn--[a-z0-9-]{2,30})|(?:\d{1,3}\.){3}\d{1,3})(?=[/:?#\s)\]}'",;!]|\.?$|\.\s)/giu;

/** Links with a scheme, and bare hosts under an ending that is not a common file or word. */
const NOT_AN_ENDING = new Set([
  'js',
  'ts',
  'py',
  'rs',
  'md',
  'txt',
  'exe',
  'zip',
  'png',
  'jpg',
  'gif',
  'mp3',
  'mp4',
  'json',
  'css',
  'html',
  'java',
]);

export function linksOf(visible: string): Link[] {
  const links: Link[] = [];
  for (const match of percentDecoded(visible).matchAll(LINK)) {
    const host = match.groups?.host?.toLowerCase().replace(/^www\./, '');
    if (!host) continue;
    const hasScheme = /^https?:\/\//i.test(match[0]);
    const ending = host.slice(host.lastIndexOf('.') + 1);
    if (!hasScheme && (NOT_AN_ENDING.has(ending) || /^\d+(?:\.\d+)*$/.test(host))) continue;
    // An e-mail address is `user@host` without a scheme.
    if (!hasScheme && match.groups?.user !== undefined) continue;
    links.push({ host, hasCredentials: match.groups?.user !== undefined });
  }
  return links;
}

/** Browsers and chat clients decode `%2E`; a filter that does not is blind to it. */
function percentDecoded(text: string): string {
  return text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const IMITATED = [
  'discord',
  'steamcommunity',
  'steampowered',
  'twitch',
  'youtube',
  'paypal',
  'roblox',
  'epicgames',
  'binance',
  'metamask',
  'coinbase',
];
const GENUINE = new Set([
  'discord.com',
  'discord.gg',
  'discordapp.com',
  'discord.gift',
  'discord.new',
  'discord.media',
  'discordstatus.com',
  'steamcommunity.com',
  'steampowered.com',
  'twitch.tv',
  'twitchcon.com',
  'youtube.com',
  'youtu.be',
  'youtube-nocookie.com',
  'paypal.com',
  'paypal.me',
  'roblox.com',
  'epicgames.com',
  'binance.com',
  'metamask.io',
  'coinbase.com',
]);

/**
 * Hosts that were used for phishing: nikolaischunk/discord-phishing-links, MIT (see NOTICE). Entries grow stale,
 * so a hit alone is held, not blocked.
 */
const PHISHING_LIST = readFileSync(new URL('./data/phishing-domains.txt', import.meta.url), 'utf8');
const PHISHING: ReadonlySet<string> = new Set(PHISHING_LIST.split('\n').filter((line) => line !== ''));
/** Part of the version of the rules. */
export const KNOWN_PHISHING_HASH = createHash('sha256').update(PHISHING_LIST).digest('hex');

export function isKnownPhishing(host: string): boolean {
  return !GENUINE.has(registrable(host)) && (PHISHING.has(host) || PHISHING.has(registrable(host)));
}

/** The last two labels; enough to tell a brand's own domain. */
function registrable(host: string): string {
  return host.split('.').slice(-2).join('.');
}

/** A name one or two typing errors from a brand, or the brand in a foreign domain together with a lure. */
export function imitatesBrand(host: string): boolean {
  const domain = registrable(host);
  if (GENUINE.has(domain)) return false;
  const label = domain.split('.')[0] ?? '';
  const readable = label.replace(/0/g, 'o').replace(/1/g, 'l').replace(/rn/g, 'm').replace(/vv/g, 'w');
  for (const brand of IMITATED) {
    if (/(?:gift|nitro|free|login|verify|support|promo|drop|reward|bonus)/.test(label) && readable.includes(brand))
      return true;
    for (const part of readable.split('-')) {
      if (part === brand && part !== label) return true;
      if (
        part !== brand &&
        Math.abs(part.length - brand.length) <= 1 &&
        brand.length >= 6 &&
        editDistance(part, brand) <= (brand.length >= 9 ? 2 : 1)
      )
        return true;
    }
  }
  return false;
}

export function isSuspiciousHost(host: string): boolean {
  const mixedScripts = /\p{Script=Latin}/u.test(host) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(host);
  return mixedScripts || host.includes('xn--') || /^\d+(?:\.\d+){3}$/.test(host);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
