import { mails } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import { type Binding, bind } from '../../http/index.ts';
import type { MailDeps } from './deps.ts';
import { getMailSettings, unsubscribe, updateMailSettings } from './preferences.ts';

export function mailRoutes(deps: MailDeps): Binding[] {
  return [
    bind(mails.getMailSettings, ({ caller }) => getMailSettings(deps, caller.actor)),
    bind(mails.updateMailSettings, ({ body, caller }) => updateMailSettings(deps, caller.actor, body)),
    bind(mails.unsubscribe, ({ query }) => unsubscribe(deps, query.token), { limit: { points: 30, seconds: 600 } }),
  ];
}

/**
 * One click in a mail program (RFC 8058): its provider posts a form here, without a page and without cookies. Whoever
 * opens the address gets the page that asks first, because programs that look at links open them all.
 */
export async function registerOneClick(fastify: FastifyInstance, deps: MailDeps): Promise<void> {
  await fastify.register(async (scope) => {
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1_024 }, (_request, _body, done) =>
      done(null, null),
    );
    scope.post<{ Params: { token: string } }>('/mail/unsubscribe/:token', async (request, reply) => {
      await unsubscribe(deps, request.params.token);
      return reply.code(204).send();
    });
    scope.get<{ Params: { token: string } }>('/mail/unsubscribe/:token', async (request, reply) =>
      reply.redirect(`/unsubscribe?token=${encodeURIComponent(request.params.token)}`),
    );
  });
}
