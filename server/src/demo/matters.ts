/**
 * What makes work for creators and admins: tips, patrons, a line that was reported and removed with a strike, a report
 * and a copyright notice that wait. Money is the sandbox's, as everywhere in development.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { tipWords } from './cast.ts';
import type { DemoPerson } from './people.ts';

const betweenTipsMs = { least: 25_000, most: 90_000 } as const;
const AMOUNTS = [200, 300, 500, 500, 1_000, 2_000] as const;
const PRICES = [400, 500, 300] as const;

/** `index` of the stage, so that no two of them look the same. */
export async function giveMoney(
  owner: DemoPerson,
  streamId: string,
  crowd: readonly DemoPerson[],
  index: number,
  signal: AbortSignal,
): Promise<void> {
  const patronPrice = { amount: PRICES[index % PRICES.length], currency: 'EUR' };
  await owner.call('PATCH', `/api/v1/channels/${owner.id}/settings`, { patronPrice });
  for (const patron of crowd.slice(index, index + 2)) {
    await patron.call('POST', `/api/v1/channels/${owner.id}/patronage`);
  }
  for (let given = 0; !signal.aborted; given += 1) {
    const giver = crowd[Math.floor(Math.random() * crowd.length)];
    const amount = AMOUNTS[Math.floor(Math.random() * AMOUNTS.length)];
    const message = tipWords[(given + index * 3) % tipWords.length];
    await giver
      ?.call('POST', `/api/v1/livestreams/${streamId}/tips`, {
        amount,
        currency: 'EUR',
        idempotencyKey: uuidv7(),
        message,
      })
      // A stream that ended takes no tips, and nobody in a demo minds.
      .catch(() => undefined);
    const pause = betweenTipsMs.least + Math.random() * (betweenTipsMs.most - betweenTipsMs.least);
    await wait(given < 3 ? 1_500 : pause, undefined, { signal }).catch(() => undefined);
  }
}

interface Matter {
  readonly admin: DemoPerson;
  readonly reporters: readonly DemoPerson[];
  readonly offender: DemoPerson;
  readonly streamIds: readonly string[];
  readonly url: string;
}

/** Once a data folder: at the second start everything of the first is still there. */
export async function makeMatters({ admin, reporters, offender, streamIds, url }: Matter): Promise<void> {
  const known = await admin.call<{ items: unknown[] }>('GET', '/api/admin/reports?limit=1');
  const [first, second] = streamIds;
  const [one, two] = reporters;
  if (known.items.length > 0 || !first || !second || !one || !two) return;

  const messageId = await say(offender, first, 'Leave, all of you. Nobody wants you here, least of all Amara.');
  const subject = { type: 'message', id: messageId };
  const report = await one.call<{ id: string }>('POST', '/api/v1/reports', {
    subject,
    reason: 'harassment',
    description: 'Goes after one person by name.',
  });
  await two.call('POST', '/api/v1/reports', { subject, reason: 'harassment' });
  await admin.call('POST', `/api/admin/reports/${report.id}/resolve`, {
    decision: 'approved',
    reason: 'Goes after a person by name',
  });

  await two.call('POST', '/api/v1/reports', {
    subject: { type: 'livestream', id: second },
    reason: 'rights',
    description: 'The bass line sounds like a record I know.',
  });
  await one.call('POST', '/api/v1/reports', { subject: { type: 'user', id: offender.id }, reason: 'spam' });
  await one.call('POST', '/api/v1/dmca', {
    target: { type: 'livestream', id: second },
    claimant: { name: 'Cocito Records', address: '9 Ice Street, Ravenna', email: 'rights@cocito.example' },
    claimedWork: 'The recording “Giudecca”, 2024',
    materialUrl: `${url}/watch/${second}`,
    goodFaith: true,
    accuracyUnderPerjury: true,
    signature: 'L. Alighieri',
  });
}

/** Answers the line's id, also of one that is held. */
export function say(person: DemoPerson, streamId: string, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = person.socket();
    socket.on('connect', () => {
      socket.emit('join-stream', { streamId }, () => {
        socket.emit('chat-message', { streamId, message }, (answer: { ok: boolean; id?: string }) => {
          socket.disconnect();
          if (answer.ok && answer.id !== undefined) resolve(answer.id);
          else reject(new Error(`${person.name} could not speak: ${JSON.stringify(answer)}`));
        });
      });
    });
  });
}
