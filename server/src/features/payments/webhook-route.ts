/**
 * Where the provider's webhooks arrive. Not an operation of the contract: the body is the provider's, and it stays the
 * bytes that came until its signature was checked. No cookie is read, so requests from anywhere may pass the origin check.
 */
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';
import { addressKey, type RateLimits } from '../../http/index.ts';
import { unavailable } from './charge.ts';
import type { Payments } from './payments.ts';

const MAX_BYTES = 512 * 1024;
/** Providers send in bursts and sign well; this counts only what they did not sign. */
const REFUSED_LIMIT = { points: 30, seconds: 60 };

export async function registerWebhooks(
  fastify: FastifyInstance,
  deps: {
    readonly payments: Payments;
    readonly rateLimits: RateLimits;
    readonly provider: 'sandbox' | 'stripe' | null;
  },
): Promise<void> {
  const { payments, provider, rateLimits } = deps;
  await fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    for (const name of ['stripe', 'sandbox'] as const) {
      if (name === 'sandbox' && provider !== 'sandbox') continue;
      scope.post(`/api/v1/payments/${name}/webhook`, { config: { anyOrigin: true } }, async (request, reply) => {
        if (provider !== name) throw unavailable();
        const key = `ip:${addressKey(request.ip)}`;
        const retryAfterMs = await rateLimits.blockedMs('payment-webhook', REFUSED_LIMIT, key);
        if (retryAfterMs > 0) throw new AppError('rate_limited', { retryAfterMs });
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        try {
          await payments.receive({ raw, headers: request.headers });
        } catch (error) {
          if (error instanceof AppError && error.code === 'invalid') {
            await rateLimits.spend('payment-webhook', REFUSED_LIMIT, key);
          }
          throw error;
        }
        return reply.code(204).send();
      });
    }
  });
}
