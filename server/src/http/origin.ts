/**
 * Cross-site requests are refused before any work: a state change whose `Origin` is not ours answers 403. A request
 * without one passes (it is no browser's cross-site request). With PUBLIC_URL set only that origin is ours; without,
 * the page's own host, whatever it is called on this network.
 */
import type { IncomingHttpHeaders } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface OriginRule {
  /** Origins that are ours; empty: the one the request was sent to. */
  readonly allowed: readonly string[];
}

export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method);
}

export function isOwnOrigin(rule: OriginRule, headers: IncomingHttpHeaders): boolean {
  const origin = headers.origin;
  if (origin === undefined) return headers['sec-fetch-site'] !== 'cross-site';
  if (rule.allowed.length > 0) return rule.allowed.includes(origin);
  const host = headers.host;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
