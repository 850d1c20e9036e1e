/** Tips: money and a few words from a viewer to the creator of a running livestream. */
import { z } from 'zod';
import { countInvisible, hasVisible, MESSAGE_MAX_INVISIBLE } from './chat.ts';
import { operation } from './operations.ts';
import { idempotencyKey, instant, listOf, money, paging, person, streamId, text } from './primitives.ts';
import { broadcast, command } from './socket-events.ts';
import { tip, tipId } from './tip-shapes.ts';

export const TIP_MIN = 100;
export const TIP_MAX = 50_000;
export const TIP_MESSAGE_MAX = 200;

/** The words with a tip: 0–200 code points after trimming; only invisible ones are none at all. */
export const tipMessage = text(0, TIP_MESSAGE_MAX).refine(
  (value) => value === '' || (countInvisible(value) <= MESSAGE_MAX_INVISIBLE && hasVisible(value)),
  'holds too many invisible characters',
);

/** `amount` in minor units, 1.00–500.00. Currencies other than USD, EUR and GBP answer 422 `currency_unsupported`. */
const tipRequest = {
  amount: z.int().min(TIP_MIN).max(TIP_MAX),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** One a person and tip: the same key with the same request answers what the first one did, with another 409. */
  idempotencyKey,
  message: tipMessage.optional(),
};

/**
 * `paid`: credited, and shown in the room. `pending`: the payment page at `checkoutUrl` waits, or the provider; it is
 * credited and shown when it is paid. `failed`: nothing was charged; another attempt needs another key.
 */
const tipAnswer = z.object({
  status: z.enum(['paid', 'pending', 'failed']),
  tip,
  artistShare: money,
  platformShare: money,
  checkoutUrl: z.string().optional(),
});
export type TipAnswer = z.infer<typeof tipAnswer>;

const REFUSALS = [
  'sign_in_required',
  'not_found',
  'patron_required',
  'timed_out',
  'stream_ended',
  'self_tip',
  'currency_unsupported',
  'idempotency_conflict',
  'payments_unavailable',
] as const;

export const sendTip = command({
  name: 'send-tip',
  who: 'signed-in',
  summary: 'Tip the creator; 90 % go to them, the rest (rounded down) to the platform.',
  input: z.strictObject({ streamId, ...tipRequest }),
  ack: tipAnswer,
  audit: 'LIVESTREAM_TIP',
  errors: ['not_joined', ...REFUSALS],
});

export const tipShown = broadcast({
  name: 'tip',
  room: 'livestream',
  summary: 'A tip was paid, or the words with it were released or taken away: then it comes again under its old id.',
  payload: tip,
});

const streamParams = z.strictObject({ id: streamId });

export const tipLivestream = operation({
  id: 'livestreams.tip',
  method: 'POST',
  path: '/api/v1/livestreams/:id/tips',
  who: 'signed-in',
  scope: 'account',
  summary: 'Tip the creator; 90 % go to them, the rest (rounded down) to the platform.',
  params: streamParams,
  body: z.strictObject(tipRequest),
  output: tipAnswer,
  status: 201,
  audit: 'LIVESTREAM_TIP',
  errors: REFUSALS,
});

export const listTips = operation({
  id: 'livestreams.listTips',
  method: 'GET',
  path: '/api/v1/livestreams/:id/tips',
  who: 'anyone',
  scope: 'read',
  summary: 'The tips of a livestream, newest first, as its room saw them.',
  params: streamParams,
  query: z.strictObject(paging()),
  output: listOf(tip),
  errors: ['not_found', 'patron_required'],
});

/** A tip as its giver sees it. */
export const givenTip = z.object({
  id: tipId,
  status: z.enum(['pending', 'paid', 'failed', 'refunded']),
  amount: money,
  artistShare: money,
  platformShare: money,
  message: z.string(),
  messageStatus: z.enum(['none', 'published', 'held', 'blocked', 'removed', 'rejected']),
  createdAt: instant,
  paidAt: instant.nullable(),
  /** What was given back of it; null for nothing. */
  refunded: money.nullable(),
  /** Null once the stream or the account is gone. */
  streamId: streamId.nullable(),
  creator: person.nullable(),
});
export type GivenTip = z.infer<typeof givenTip>;

export const listGivenTips = operation({
  id: 'me.tips.list',
  method: 'GET',
  path: '/api/v1/me/tips',
  who: 'signed-in',
  scope: 'account',
  summary: 'The tips one gave, newest first.',
  query: z.strictObject(paging()),
  output: listOf(givenTip),
  errors: ['sign_in_required'],
});

export const getGivenTip = operation({
  id: 'me.tips.get',
  method: 'GET',
  path: '/api/v1/me/tips/:id',
  who: 'signed-in',
  scope: 'account',
  summary: 'One tip that one gave: whether it was paid.',
  params: z.strictObject({ id: tipId }),
  output: givenTip,
  errors: ['sign_in_required', 'not_found'],
});
