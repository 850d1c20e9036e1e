/** How somebody is told: by the pages they have open, on every node, and by e-mail. */
import type { FastifyInstance } from 'fastify';
import { dataSecret } from '../data-secret.ts';
import type { NodeSignal } from '../db/node-signals.ts';
import type { Mailer } from '../features/accounts/index.ts';
import {
  createMails,
  type MailDeps,
  mailRoutes,
  registerOneClick,
  UnsubscribeTokens,
} from '../features/mails/index.ts';
import {
  deliverNotices,
  hearOfNotices,
  missedNotices,
  type NoticesSent,
  notificationJobs,
  notificationRoutes,
} from '../features/notifications/index.ts';
import type { Realtime } from '../realtime/index.ts';
import type { Ground } from './ground.ts';

interface Around {
  readonly realtime: Realtime;
  readonly mailer: Mailer | null;
  readonly addressOf: MailDeps['addressOf'];
}

export async function createNotices(ground: Ground, { addressOf, mailer, realtime }: Around) {
  const { clock, config, database, logger, metrics, publicUrl } = ground;
  const mailDeps: MailDeps = {
    database,
    clock,
    logger,
    publicUrl,
    sendLetter: mailer === null ? null : (letter) => mailer.sendLetter(letter),
    addressOf,
    tokens: new UnsubscribeTokens(await dataSecret(config.dataFolder, 'mail-secret')),
  };
  const mails = createMails(mailDeps, metrics);
  const pages = { database, realtime };
  return {
    bindings: [...notificationRoutes({ database, clock }), ...mailRoutes(mailDeps)],
    jobs: notificationJobs(),
    reactions: {
      deliverNotices: (event: NoticesSent) => deliverNotices({ database }, event),
      mailNotices: (event: NoticesSent) => mails.queue(event),
    },
    /** The link at the foot of a letter. */
    register: (fastify: FastifyInstance) => registerOneClick(fastify, mailDeps),
    hear: (word: NodeSignal) => hearOfNotices(pages, word),
    missed: (since: Date) => missedNotices(pages, since),
    wake: () => mails.wake(),
    settle: () => mails.settle(),
    stop: () => mails.stop(),
  };
}
