/** What pages keep in their address. Anything else in it is ignored. */
import { type DmcaStatus, dmcaStatus, type Realm, realm } from '@virgil/contract';

type Raw = Record<string, unknown>;

function words(value: unknown, most = 100): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, most) : '';
  return text === '' ? undefined : text;
}

export interface HomeSearch {
  readonly realm?: Realm;
  readonly q?: string;
}

export function homeSearch(raw: Raw): HomeSearch {
  const inRealm = realm.safeParse(raw.realm);
  const q = words(raw.q);
  return { ...(inRealm.success ? { realm: inRealm.data } : {}), ...(q ? { q } : {}) };
}

export function searchOnly(raw: Raw): { q?: string } {
  const q = words(raw.q);
  return q ? { q } : {};
}

/** Where to go after signing in. Only paths of this site: anything else would let a link send people elsewhere. */
export function safeReturn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('/') || value.startsWith('//') || value.includes('\\')) {
    return undefined;
  }
  return value;
}

export function returnSearch(raw: Raw): { to?: string } {
  const to = safeReturn(raw.to);
  return to ? { to } : {};
}

export function tokenSearch(raw: Raw): { token?: string; error?: string } {
  const token = words(raw.token, 400);
  const error = words(raw.error);
  return { ...(token ? { token } : {}), ...(error ? { error } : {}) };
}

export function setupSearch(raw: Raw): { token?: string } {
  const token = words(raw.token, 200);
  return token ? { token } : {};
}

export function noticesSearch(raw: Raw): { q?: string; status?: DmcaStatus } {
  const status = dmcaStatus.safeParse(raw.status);
  return { ...searchOnly(raw), ...(status.success ? { status: status.data } : {}) };
}

/** The page a notice is to be about. */
export function materialSearch(raw: Raw): { url?: string } {
  const url = words(raw.url, 2000);
  return url ? { url } : {};
}
