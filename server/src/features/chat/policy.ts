/** Who may enter a room, write and react there. Facts in, decision out. */
import type { ChatModes, ProblemCode } from '@virgil/contract';
import { mayEnterPatronOnly, type Standing } from '../channels/index.ts';

/** What is known about one person in one room. `null` stands for a guest. */
export interface PersonFacts {
  readonly standing: Standing;
  readonly followingSince: Date | null;
  readonly timedOutUntil: Date | null;
  /** A channel ban in force: its end, or `forever`. */
  readonly channelBan: Date | 'forever' | null;
}

export interface RoomFacts {
  readonly isActive: boolean;
  readonly patronOnly: boolean;
  readonly modes: ChatModes;
}

export interface MessageFacts {
  readonly lastMessageAt: Date | null;
  readonly isEmotesOnly: boolean;
  /** The same words stood in the room a short while ago. */
  readonly isRepetition: boolean;
}

export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly code: ProblemCode;
      readonly detail: string;
      readonly retryAfterMs?: number;
    };

const ALLOWED: Verdict = { allowed: true };

/** In shield mode only people who have followed for this long may write: a raid's accounts have not. */
const SHIELD_FOLLOW_MINUTES = 10;
/** How long a message must not be repeated in unique-chat mode. */
export const UNIQUE_WINDOW_MS = 5 * 60_000;

export function mayEnter(room: RoomFacts, person: PersonFacts, now: Date): Verdict {
  if (!room.isActive) return refuse('stream_ended', 'The livestream has ended.');
  if (isBanned(person, now)) return refuse('banned', 'You are banned from this channel.');
  if (room.patronOnly && !mayEnterPatronOnly(person.standing)) {
    return refuse('patron_required', 'This livestream is for patrons of the channel.');
  }
  return ALLOWED;
}

export function mayReact(room: RoomFacts, person: PersonFacts, now: Date): Verdict {
  const entry = mayEnter(room, person, now);
  if (!entry.allowed) return entry;
  return refuseTimedOut(person, now) ?? ALLOWED;
}

/**
 * Modes hold back viewers; owner, moderators, VIPs and the platform's staff are exempt from all of them. Patrons
 * pass the modes that ask how well someone is known here.
 */
export function mayWrite(room: RoomFacts, person: PersonFacts, message: MessageFacts, now: Date): Verdict {
  const entry = mayEnter(room, person, now);
  if (!entry.allowed) return entry;
  const silenced = refuseTimedOut(person, now);
  if (silenced) return silenced;
  if (isExempt(person.standing)) return ALLOWED;

  const { modes } = room;
  const isPatron = person.standing.granted.has('patron');
  if (modes.patronsOnly && !isPatron) return restricted('Only patrons may write now.');
  if (modes.shield && !isPatron) {
    const refused = refuseNewcomer(person, SHIELD_FOLLOW_MINUTES, now);
    if (refused) return refused;
  }
  if (modes.followersMinutes !== null && !isPatron) {
    const refused = refuseNewcomer(person, modes.followersMinutes, now);
    if (refused) return refused;
  }
  if (modes.emoteOnly && !message.isEmotesOnly) return restricted('Only emotes may be written now.');
  if (modes.uniqueChat && message.isRepetition) return restricted('This was just written; write something new.');
  if (modes.slowSeconds !== null && message.lastMessageAt !== null) {
    const waitMs = message.lastMessageAt.getTime() + modes.slowSeconds * 1000 - now.getTime();
    if (waitMs > 0) return refuse('slow_mode', 'Slow mode: wait before the next message.', waitMs);
  }
  return ALLOWED;
}

function isBanned(person: PersonFacts, now: Date): boolean {
  const { channelBan } = person;
  return channelBan === 'forever' || (channelBan !== null && channelBan > now);
}

function isExempt(standing: Standing): boolean {
  return (
    standing.isOwner ||
    standing.granted.has('moderator') ||
    standing.granted.has('vip') ||
    standing.platformRole !== 'user'
  );
}

function refuseTimedOut(person: PersonFacts, now: Date): Verdict | null {
  const { timedOutUntil } = person;
  if (timedOutUntil === null || timedOutUntil <= now) return null;
  return refuse('timed_out', 'You are timed out in this channel.', timedOutUntil.getTime() - now.getTime());
}

function refuseNewcomer(person: PersonFacts, minutes: number, now: Date): Verdict | null {
  if (person.followingSince === null) return restricted('Only followers may write now.');
  const waitMs = person.followingSince.getTime() + minutes * 60_000 - now.getTime();
  if (waitMs <= 0) return null;
  return refuse('mode_restricted', `Only people who have followed for ${minutes} minutes may write now.`, waitMs);
}

function restricted(detail: string): Verdict {
  return refuse('mode_restricted', detail);
}

function refuse(code: ProblemCode, detail: string, retryAfterMs?: number): Verdict {
  return { allowed: false, code, detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
