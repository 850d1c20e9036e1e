/** A direct message, end to end: sent before? allowed? scored, decided, stored. It arrives after the commit. */
import {
  type BodyOf,
  codePoints,
  type messages as contract,
  type DirectMessageId,
  type OutputOf,
  type UserId,
} from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Person } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { hasBlocked } from '../blocks/index.ts';
import { personOfActor } from '../channels/index.ts';
import { isAdverse, type Judgement, recordModerated } from '../moderation/index.ts';
import type { MessageDeps } from './deps.ts';
import { describeMessage } from './describe-message.ts';
import { messageChanged } from './events.ts';
import { CONTACT_WINDOW_MS, mayWrite } from './policy.ts';
import {
  arrive,
  findOther,
  findSent,
  insertMessage,
  lockSender,
  type MessageRow,
  pairOf,
  readContact,
  readWriter,
  touch,
} from './store.ts';

type Body = BodyOf<typeof contract.sendMessage>;
type Answer = OutputOf<typeof contract.sendMessage>;

const STATUS = { publish: 'published', hold: 'held', block: 'blocked' } as const;

export async function sendMessage(deps: MessageDeps, actor: Actor, body: Body): Promise<Answer> {
  const writer = personOfActor(actor);
  // Beyond row security here and below: who blocked whom is nobody else's to read, nor the other's side to write.
  const earlier = await deps.database.asSystem('may this person write to that one', async (tx) => {
    // The answer was lost and the client asks again: it is the first attempt's, whatever holds by now.
    const sent = await earlierAttempt(tx, writer, body);
    if (sent === null) await requireMayWrite(deps, tx, writer, body.toUserId);
    return sent;
  });
  if (earlier !== null) return answerOf(earlier, writer.userId);

  const judgement = await deps.moderation.moderateMessage({ text: body.message, channelId: null });
  const row = await deps.database.asSystem('store a message and what its score asks for', async (tx) => {
    await lockSender(tx, writer.userId);
    const sent = await earlierAttempt(tx, writer, body);
    if (sent !== null) return sent;
    await requireMayWrite(deps, tx, writer, body.toUserId);
    return store(tx, { writer, body, judgement, at: deps.clock.now() });
  });
  return answerOf(row, writer.userId);
}

async function earlierAttempt(tx: Tx, { userId }: Person, { clientId, toUserId }: Body): Promise<MessageRow | null> {
  return clientId === undefined ? null : findSent(tx, { from: userId, to: toUserId, clientId });
}

async function requireMayWrite(
  { clock, rateLimits }: MessageDeps,
  tx: Tx,
  { userId }: Person,
  toUserId: UserId,
): Promise<void> {
  const now = clock.now();
  const since = new Date(now.getTime() - CONTACT_WINDOW_MS);
  const [writer, other] = [await readWriter(tx, userId), await findOther(tx, toUserId)];
  if (writer === null) throw new AppError('sign_in_required', { detail: 'This account is gone.' });
  const contact = await readContact(tx, userId, toUserId, since);
  const isBlocked =
    (await hasBlocked(tx, { userId: toUserId, otherId: userId })) ||
    (await hasBlocked(tx, { userId, otherId: toUserId }));
  const verdict = mayWrite({
    ...contact,
    isSelf: userId === toUserId,
    exists: other !== null && other.erasedAt === null,
    isBlocked,
    isStaff: writer.role !== 'user' || !rateLimits,
    accountAgeMs: now.getTime() - writer.createdAt.getTime(),
    windowEndsInMs: contact.firstContactAt === null ? 0 : contact.firstContactAt.getTime() - since.getTime(),
  });
  if (verdict.allowed) return;
  const { code, detail, retryAfterMs } = verdict;
  throw new AppError(code, { detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

interface NewMessage {
  readonly writer: Person;
  readonly body: Body;
  readonly judgement: Judgement;
  readonly at: Date;
}

async function store(tx: Tx, { at, body, judgement, writer }: NewMessage): Promise<MessageRow> {
  const status = STATUS[judgement.decision];
  const { toUserId } = body;
  const row = await insertMessage(tx, {
    id: uuidv7(),
    pair: pairOf(writer.userId, toUserId),
    fromUserId: writer.userId,
    toUserId,
    message: body.message,
    status,
    riskScore: judgement.score.score,
    category: judgement.score.category,
    scoredBy: judgement.score.by,
    clientId: body.clientId ?? null,
    createdAt: at,
  });
  // Its sender's lock is held, so nobody else can have used the client id since it was looked up.
  if (row === null) throw new Error('a message was not written');
  const [receipt] = await recordAudit(tx, {
    type: 'MESSAGE_SENT',
    entity: 'direct_message',
    entityId: row.id,
    actorId: writer.userId,
    at,
    // Not to whom: who writes to whom is no business of whoever reads the log.
    details: {
      messageLength: codePoints(body.message),
      ...(status === 'published' ? {} : { status, category: judgement.score.category }),
    },
  });
  if (status !== 'blocked') await touch(tx, writer.userId, toUserId, at);
  if (status === 'published') await arrive(tx, row, at);
  await announce(tx, messageChanged(row, at));
  if (isAdverse(judgement)) {
    const other = await findOther(tx, toUserId);
    const to = other?.person.displayName ?? '';
    await recordModerated(tx, {
      source: {
        type: 'inboxMessage',
        contentId: row.id,
        streamId: null,
        channelId: null,
        videoId: null,
        createdAt: at,
      },
      author: writer.userId,
      text: body.message,
      judgement,
      letter: {
        kind: 'direct_message',
        subject: `Your message to ${to}`,
        data: { directMessageId: row.id, toUserId, name: to },
      },
      receipt,
      at,
    });
  }
  return row;
}

function answerOf(row: MessageRow, reader: UserId): Answer {
  const id = row.id as DirectMessageId;
  if (row.status === 'blocked') return { id, status: 'blocked', message: null };
  const status = row.status === 'held' ? 'held' : 'published';
  return { id, status, message: describeMessage(row, reader) };
}
