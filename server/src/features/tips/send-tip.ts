/**
 * A tip, from a room or over HTTP: known already? allowed? judged, written down, then charged. The money and the tip
 * are settled together, in the transaction that records what the payment provider says (`settle-tip.ts`).
 */
import { createHash } from 'node:crypto';
import type { ChannelId, CommandInput, tips as contract, StreamId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { badgesOf } from '../channels/index.ts';
import { mayReact, readPerson, readStream, requireAllowed } from '../chat/index.ts';
import { splitGross } from '../ledger/index.ts';
import type { TipDeps } from './deps.ts';
import { answerOf } from './describe-tip.ts';
import { judged } from './judgement.ts';
import { isSupported, mayTip } from './policy.ts';
import { findByKey, findTip, insertTip, type TipRow } from './store.ts';

export type TipRequest = CommandInput<typeof contract.sendTip>;

export async function sendTip(deps: TipDeps, actor: Person, request: TipRequest): Promise<contract.TipAnswer> {
  const begun = await begin(deps, actor, request);
  if ('earlier' in begun) return charge(deps, actor, begun.earlier);
  const words = await judgeWords(deps, request.message ?? '', begun.shown.channelId);
  const row = rowOf(request, actor, begun.shown, words, deps.clock.now());
  const written = await deps.database.asActor(actor, async (tx) => {
    // Of several attempts at once one is written; the others find it.
    return (await insertTip(tx, row)) ?? (await findEarlier(tx, actor, request));
  });
  if (written === null) throw new Error('a tip vanished after it was written');
  return charge(deps, actor, written);
}

/** The first attempt under this key, or that there may be one: refused is whoever may not tip now. */
async function begin(deps: TipDeps, actor: Person, request: TipRequest) {
  const now = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    const earlier = await findEarlier(tx, actor, request);
    if (earlier !== null) return { earlier };
    deps.limit?.(actor.userId);
    const shown = await admit(tx, actor, request, now);
    // Who could not have tipped anyway has heard why.
    if (!deps.payments.isAvailable()) {
      throw new AppError('payments_unavailable', { detail: 'This instance takes no payments.' });
    }
    return { shown };
  });
}

async function findEarlier(tx: Tx, actor: Person, request: TipRequest): Promise<TipRow | null> {
  const row = await findByKey(tx, actor.userId, request.idempotencyKey);
  if (row !== null && row.requestHash !== hashOf(request)) {
    throw new AppError('idempotency_conflict', { detail: 'This key was used for another tip.' });
  }
  return row;
}

async function admit(tx: Tx, actor: Person, { streamId, currency }: TipRequest, now: Date) {
  const stream = await readStream(tx, streamId);
  if (stream === null) throw new AppError('not_found', { detail: 'There is no such livestream.' });
  const person = await readPerson(tx, actor, stream.channelId, now);
  if (person === null) throw new AppError('sign_in_required', { detail: 'This account is gone.' });
  const isOwn = String(stream.channelId) === String(actor.userId);
  requireAllowed(mayTip({ isOwn, currency, inRoom: mayReact(stream, person, now) }));
  return { channelId: stream.channelId, displayName: person.displayName, badges: badgesOf(person.standing) };
}

async function judgeWords({ moderation }: TipDeps, message: string, channelId: ChannelId) {
  if (message === '') return { message, messageStatus: 'none' } as const;
  return { message, ...judged(await moderation.moderateMessage({ text: message, channelId })) };
}

function rowOf(
  { streamId, amount, currency, idempotencyKey, message }: TipRequest,
  { userId }: Person,
  shown: { readonly displayName: string; readonly badges: readonly string[]; readonly channelId: string },
  words: Awaited<ReturnType<typeof judgeWords>>,
  createdAt: Date,
) {
  if (!isSupported(currency)) throw new AppError('currency_unsupported');
  const { artistShare, platformShare } = splitGross(BigInt(amount));
  return {
    id: uuidv7(),
    streamId,
    channelId: shown.channelId,
    tipperId: userId,
    displayName: shown.displayName,
    badges: [...shown.badges],
    amount,
    currency,
    artistShare: Number(artistShare),
    platformShare: Number(platformShare),
    ...words,
    idempotencyKey,
    requestHash: hashOf({ streamId, amount, currency, idempotencyKey, message }),
    createdAt,
  };
}

/** Asking for the payment again under the tip's own id answers the first one, and finds a page that still waits. */
async function charge(deps: TipDeps, actor: Person, row: TipRow): Promise<contract.TipAnswer> {
  if (row.status !== 'pending' || row.channelId === null) return answerOf(row, null);
  const { checkoutUrl } = await deps.payments.charge({
    purpose: { kind: 'tip', id: row.id },
    payerId: actor.userId,
    payeeId: row.channelId as typeof actor.userId,
    amount: row.amount,
    currency: row.currency,
    idempotencyKey: row.id,
    description: 'Tip',
    ...(row.streamId === null ? {} : { streamId: row.streamId as StreamId, returnTo: `/watch/${row.streamId}` }),
  });
  const settled = await deps.database.asActor(actor, (tx) => findTip(tx, row.id));
  return answerOf(settled ?? row, checkoutUrl);
}

/** Two requests are one when all of this is. */
function hashOf({ streamId, amount, currency, message }: Partial<TipRequest>): string {
  return createHash('sha256')
    .update(JSON.stringify([streamId, amount, currency, message ?? '']))
    .digest('hex');
}
