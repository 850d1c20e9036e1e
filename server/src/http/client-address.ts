/** Whose address a request comes from, behind proxies that are trusted: one rule for HTTP and for the socket handshake. */
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/** `true`: every proxy; a number: so many hops; else their addresses, separated by commas. */
export type TrustProxy = boolean | number | string;
type Trust = (address: string, hop: number) => boolean;

export function trustedProxies(rule: TrustProxy): Trust {
  if (typeof rule === 'number') return (_address, hop) => hop < rule;
  if (typeof rule === 'boolean') return () => rule;
  return proxyAddr.compile(rule.split(',').map((part) => part.trim()));
}

export function clientAddress(request: IncomingMessage, trust: Trust): string {
  return proxyAddr(request, trust);
}
