/** Paths that lead nowhere (404) and methods a known path does not offer (405 with `Allow`), as problem documents. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import { sendProblem } from './problem.ts';

export interface KnownPaths {
  /** The methods that exist for a concrete path. */
  methodsOf(path: string): readonly string[];
}

/** Collects every route from now on. Call before routes are registered. */
export function collectPaths(fastify: FastifyInstance): KnownPaths {
  const routes: { pattern: RegExp; methods: Set<string> }[] = [];
  const byUrl = new Map<string, Set<string>>();
  fastify.addHook('onRoute', (route) => {
    if (route.url === '*' || route.url === '/*') return;
    let methods = byUrl.get(route.url);
    if (methods === undefined) {
      methods = new Set();
      byUrl.set(route.url, methods);
      routes.push({ pattern: patternOf(route.url), methods });
    }
    for (const method of [route.method].flat()) methods.add(method.toUpperCase());
  });
  return {
    methodsOf(path) {
      const found = new Set<string>();
      for (const route of routes) if (route.pattern.test(path)) for (const method of route.methods) found.add(method);
      return [...found].sort();
    },
  };
}

function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[A-Za-z]+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`^${source}/?$`);
}

/** `fallback` serves the web app's pages; it answers false for what is no page. */
export function answerUnknownPaths(
  fastify: FastifyInstance,
  known: KnownPaths,
  fallback: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>,
): void {
  fastify.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = known.methodsOf(path);
    if (methods.length > 0) {
      reply.header('allow', [...methods, 'OPTIONS'].join(', '));
      if (request.method === 'OPTIONS') return reply.code(204).send();
      return sendProblem(reply, new AppError('method_not_allowed', { detail: `Offered here: ${methods.join(', ')}.` }));
    }
    if (await fallback(request, reply)) return reply;
    return sendProblem(reply, new AppError('not_found'));
  });
}
