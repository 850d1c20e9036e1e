/**
 * The moderator's desk: the queue of held and reported texts, who works on which, and what each person set for
 * themselves. Deciding is in `review.ts`.
 */
import { z } from 'zod';
import { category } from './categories.ts';
import {
  type mayDecide,
  reviewClaim,
  reviewDetails,
  reviewItem,
  reviewItemId,
  reviewSource,
  reviewStatus,
} from './desk-shapes.ts';
import { operation } from './operations.ts';
import { channelId, instant, listOf, paging, person, streamId } from './primitives.ts';
import { broadcast, command } from './socket-events.ts';

export type {
  AuthorStanding,
  EarlierDecision,
  EscalationTrigger,
  ReviewClaim,
  ReviewDetails,
  ReviewItem,
  ReviewItemId,
  ReviewMoment,
  ReviewNeighbour,
  ReviewSource,
  ReviewStatus,
} from './desk-shapes.ts';
export { escalationTrigger, reviewItemId, reviewSource, reviewStatus } from './desk-shapes.ts';

/** Without a sign of life for so long a claim ends. */
export const CLAIM_MINUTES = 5;
/** Neighbours shown before and after. */
export const NEIGHBOURS = 20;

const itemParams = z.strictObject({ id: reviewItemId });

export const queueFilters = z.strictObject({
  status: reviewStatus.default('pending'),
  category: category.optional(),
  source: reviewSource.optional(),
  streamId: streamId.optional(),
  channelId: channelId.optional(),
  claim: z.enum(['mine', 'free', 'others']).optional(),
  /** By the classifier, or reported by people. */
  found: z.enum(['classifier', 'people']).optional(),
  /** Within texts and names of authors. */
  q: z.string().max(100).optional(),
});

export const getQueue = operation({
  id: 'moderation.queue.list',
  method: 'GET',
  path: '/api/v1/moderation/queue',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Texts that wait for a moderator: of channels one moderates, or assigned to one; an admin sees all.',
  query: queueFilters.extend({ ...paging(), sort: z.enum(['risk', 'oldest']).default('risk') }),
  output: listOf(reviewItem).extend({
    /** Of what the other filters leave, without the filter that each is about. */
    counts: z.object({
      all: z.int(),
      category: z.partialRecord(category, z.int()),
      source: z.partialRecord(reviewSource, z.int()),
    }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const getReviewItem = operation({
  id: 'moderation.queue.get',
  method: 'GET',
  path: '/api/v1/moderation/queue/:id',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'One text with its moment: neighbours, video, scores, its author’s standing, what was decided before.',
  params: itemParams,
  output: reviewDetails,
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const getMomentVideo = operation({
  id: 'moderation.queue.moment',
  method: 'GET',
  path: '/api/v1/moderation/queue/:id/moment',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'What a running stream showed around a text, as MP4; 404 when nothing reaches back so far.',
  params: itemParams,
  download: { types: ['video/mp4'] },
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'media_unavailable'],
});

const NOT_A_DECISION = { none: 'decides nothing: it says who is working on what, and ends by itself' } as const;

export const claimItem = operation({
  id: 'moderation.queue.claim',
  method: 'POST',
  path: '/api/v1/moderation/queue/:id/claim',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Take an item, or keep it for five more minutes; 409 says who has it, or what was decided.',
  params: itemParams,
  output: z.object({ claim: reviewClaim }),
  audit: NOT_A_DECISION,
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'own_content', 'already_decided'],
});

export const releaseItem = operation({
  id: 'moderation.queue.release',
  method: 'POST',
  path: '/api/v1/moderation/queue/:id/release',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Give an item back; nothing happens when it was not one’s own.',
  params: itemParams,
  audit: NOT_A_DECISION,
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

/** The acts of the desk that a single key does. */
export const deskAct = z.enum([
  'approve',
  'reject',
  'timeout',
  'punish',
  'escalate',
  'next',
  'undo',
  'look',
  'help',
  'search',
  'down',
  'up',
]);
export type DeskAct = z.infer<typeof deskAct>;

/** One visible character, pressed alone. */
const deskKey = z.string().regex(/^[!-~]$/);

const preferences = z.strictObject({
  /** Harsh texts and pictures are veiled until asked for. */
  veil: z.boolean(),
  /** Pictures without colour. */
  greyscale: z.boolean(),
  /** Videos start without sound. */
  muted: z.boolean(),
  keysOn: z.boolean(),
  keys: z.record(deskAct, deskKey),
  sort: z.enum(['risk', 'oldest']),
});
export type DeskPreferences = z.infer<typeof preferences>;

export const STANDARD_PREFERENCES: DeskPreferences = {
  veil: true,
  greyscale: false,
  muted: true,
  keysOn: true,
  keys: {
    approve: 'a',
    reject: 'r',
    timeout: 't',
    punish: 'p',
    escalate: 'e',
    next: 'n',
    undo: 'u',
    look: 'v',
    help: '?',
    search: '/',
    down: 'j',
    up: 'k',
  },
  sort: 'risk',
};

/** What changes; `keys` whole. `reset` gives settings back to what holds for everybody. */
const preferenceChange = preferences.partial().extend({ reset: z.array(preferences.keyof()).min(1).max(6).optional() });

/**
 * How much one has looked at in this shift: a shift goes on while no pause is longer than 30 minutes. Only the person
 * counted sees it.
 */
export const exposure = z.object({
  /** Harsh texts that were unveiled or needed no unveiling, each once. */
  harshLooks: z.int(),
  since: instant.nullable(),
  /** A break is suggested, never enforced. */
  suggestion: z.enum(['looks', 'time']).nullable(),
});
export type Exposure = z.infer<typeof exposure>;

const desk = z.object({
  /** Moderates a channel beside their own, or belongs to the platform's staff: the queue is theirs to see. */
  isModerator: z.boolean(),
  pending: z.int(),
  preferences,
  /** The names of those settings that are the person's own. */
  own: z.array(z.string()),
  /** What holds for whoever chose nothing. */
  defaults: preferences,
  exposure,
});
export type Desk = z.infer<typeof desk>;

export const getDesk = operation({
  id: 'moderation.desk.get',
  method: 'GET',
  path: '/api/v1/moderation/desk',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'How one’s desk is set up, how much waits, and how much harsh content one has looked at in this shift.',
  output: desk,
  errors: ['sign_in_required', 'not_allowed'],
});

export const changeDesk = operation({
  id: 'moderation.desk.change',
  method: 'PATCH',
  path: '/api/v1/moderation/desk',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Change one’s own settings; a key that two acts would share is refused.',
  body: preferenceChange,
  output: desk,
  audit: { none: 'how one’s own page looks concerns nobody else' },
  errors: ['sign_in_required', 'not_allowed'],
});

export const changeDeskDefaults = operation({
  id: 'admin.desk.change',
  method: 'PATCH',
  path: '/api/admin/desk',
  who: 'admin',
  scope: 'admin',
  summary: 'Change what holds for every moderator who chose nothing.',
  body: preferenceChange,
  output: desk,
  audit: 'DESK_DEFAULTS_CHANGED',
  errors: ['sign_in_required', 'not_allowed'],
});

export const noteLook = operation({
  id: 'moderation.queue.look',
  method: 'POST',
  path: '/api/v1/moderation/queue/:id/look',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Count that one looked at a harsh item; the same item counts once a shift.',
  params: itemParams,
  output: z.object({ exposure }),
  audit: { none: 'counts for the person alone, so that they can look after themselves' },
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const noteBreak = operation({
  id: 'moderation.desk.break',
  method: 'POST',
  path: '/api/v1/moderation/desk/break',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'The suggested break was seen; the next suggestion comes after as much again.',
  output: z.object({ exposure }),
  audit: { none: 'concerns the person alone' },
  errors: ['sign_in_required', 'not_allowed'],
});

/** Who is looking at which item now. */
const looking = z.object({ itemId: reviewItemId, people: z.array(person) });

export const watchQueue = command({
  name: 'watch-queue',
  who: 'signed-in',
  summary:
    'Hear of the queues one may see, and say which item is open here; again when another one is, at least every 30 s.',
  input: z.strictObject({ itemId: reviewItemId.nullable() }),
  ack: z.object({ looking: z.array(looking) }),
  audit: { none: 'who is looking at what is not kept' },
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

/** What became of an item, without its text: whoever hears of it may read the rest. */
const itemChanged = z.object({
  type: z.literal('item'),
  itemId: reviewItemId,
  channelId: channelId.nullable(),
  status: reviewStatus,
  headsQueue: z.boolean(),
  riskScore: z.number(),
  claim: reviewClaim.nullable(),
  decided: z.object({ by: person.nullable(), at: instant }).nullable(),
  escalated: z.object({ by: person.nullable(), at: instant }).nullable(),
});
const presenceChanged = looking.extend({ type: z.literal('looking'), channelId: channelId.nullable() });

export const moderation = broadcast({
  name: 'moderation',
  room: 'moderation',
  summary: 'Something happened in the queue: to the channel’s moderators, the person assigned, and admins at the desk.',
  payload: z.discriminatedUnion('type', [itemChanged, presenceChanged]),
});
export type ModerationEvent = z.infer<(typeof moderation)['payload']>;
export type ItemChanged = z.infer<typeof itemChanged>;

export type MayDecide = z.infer<typeof mayDecide>;
