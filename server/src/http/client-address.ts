/** The client's address of a bare request (a socket handshake), by the same rule Fastify applies to its own. */
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { HttpServerOptions } from './server.ts';

export function clientAddress(request: IncomingMessage, trustProxy: HttpServerOptions['trustProxy']): string {
  return proxyAddr(request, trustOf(trustProxy));
}
