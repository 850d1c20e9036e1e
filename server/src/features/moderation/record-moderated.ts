/**
 * What follows a text that was held or blocked, in the transaction that stores it: the violation with everything the
 * decision was made of, the item for a moderator, the word to its author; and an admin is called when one person had
 * three texts blocked in one session that the platform blocks everywhere.
 */
import type { ChannelId, StreamId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { notify } from '../notifications/index.ts';
import { escalateToModerator } from '../review/index.ts';
import { issueStatement } from '../statements/index.ts';
import { noticeOfHeld, statementOfBlocked, type TextLetter } from './letters.ts';
import type { AdverseJudgement } from './moderate-message.ts';
import { BLOCKED_UNTIL_ESCALATION, countsAsBlocked, isViolation, mustEscalate, type Thresholds } from './policy.ts';
import { readPlatformThresholds } from './thresholds-store.ts';
import { insertViolations, lockSessions, readSession } from './violation-store.ts';

export interface ModeratedText {
  readonly source: {
    readonly type: 'live' | 'comment' | 'inboxMessage';
    readonly contentId: string;
    readonly streamId: StreamId | null;
    /** Whose moderators decide; null: it is assigned to a moderator of the platform. */
    readonly channelId: ChannelId | null;
    readonly videoId: string | null;
    readonly createdAt: Date;
  };
  readonly author: UserId;
  /** As it was written. */
  readonly text: string;
  readonly judgement: AdverseJudgement;
  readonly letter: TextLetter;
  /** The event in the audit log that recorded the text, as `recordAudit` returned it. */
  readonly receipt: string | undefined;
  readonly at: Date;
}

/** Null where nobody is blamed. */
type WithViolation = ModeratedText & { readonly violationId: string | null };

/** Needs the system's rights. Each text once: it is called where the text is stored for the first time. */
export async function recordModerated(tx: Tx, ...texts: readonly ModeratedText[]): Promise<void> {
  const recorded: WithViolation[] = texts.map((text) => ({
    ...text,
    violationId: isViolation(text.judgement.score.category) ? uuidv7() : null,
  }));
  const blocked = recorded.filter(({ judgement }) => judgement.decision === 'block');
  await lockSessions(tx, blocked.map(sessionOf));
  await insertViolations(tx, recorded.flatMap(violationRow));
  for (const text of recorded) {
    if (text.judgement.decision === 'hold') await followHeld(tx, text);
    else await followBlocked(tx, text);
  }
  if (blocked.length === 0) return;
  const platform = await readPlatformThresholds(tx);
  const counted = blocked.filter(({ judgement }) => countsAsBlocked(judgement.score.score, platform));
  // By person and session: several of one batch may be of one.
  const last = new Map(counted.map((text) => [JSON.stringify(sessionOf(text)), text]));
  for (const text of last.values()) await escalateRepeated(tx, text, platform);
}

const sessionOf = ({ author, source }: ModeratedText) => ({ userId: author, streamId: source.streamId });

function violationRow({ at, author, judgement, source, text, violationId }: WithViolation) {
  if (violationId === null) return [];
  const { decision, score, thresholds } = judgement;
  return [
    {
      id: violationId,
      userId: author,
      source: 'auto' as const,
      sourceType: source.type,
      contentId: source.contentId,
      streamId: source.streamId,
      channelId: source.channelId,
      content: text,
      normalisedText: score.normalised,
      riskScore: score.score,
      category: score.category,
      breakdown: { ...score.breakdown },
      classifier: score.by,
      classifierVersion: score.version,
      rule: score.reason,
      holdAt: thresholds.hold,
      blockAt: thresholds.block,
      action: decision === 'hold' ? ('held' as const) : ('blocked' as const),
      createdAt: at,
    },
  ];
}

async function followHeld(tx: Tx, text: WithViolation): Promise<void> {
  const { at, author, judgement, letter } = text;
  await escalateToModerator(tx, itemOf(text));
  await notify(tx, noticeOfHeld({ userId: author, judgement, letter, text: text.text, at }));
}

const SUBJECT_TYPES = { live: 'message', comment: 'comment', inboxMessage: 'direct_message' } as const;

async function followBlocked(tx: Tx, text: WithViolation): Promise<void> {
  const { at, author, judgement, letter, receipt, source, violationId } = text;
  if (violationId === null) throw new Error('blocked, and nobody is blamed');
  const subject = {
    type: SUBJECT_TYPES[source.type],
    id: source.contentId,
    title: text.text,
    at: source.createdAt,
  };
  await issueStatement(
    tx,
    statementOfBlocked({ userId: author, violationId, subject, judgement, letter, receipt, text: text.text, at }),
  );
}

async function escalateRepeated(tx: Tx, text: WithViolation, platform: Thresholds): Promise<void> {
  const session = await readSession(tx, sessionOf(text), { at: text.at, platform });
  if (!mustEscalate(session)) return;
  const where = text.source.streamId === null ? 'within 24 hours' : 'in one livestream';
  const note = `${Math.max(session.blocked, BLOCKED_UNTIL_ESCALATION)} messages were blocked automatically ${where}.`;
  await escalateToModerator(tx, { ...itemOf(text), escalation: { trigger: 'multi_violation', note } });
}

function itemOf({ at, author, judgement, source, text, violationId }: WithViolation) {
  const { category, score } = judgement.score;
  return {
    violationId,
    userId: author,
    reportedByAi: true,
    source,
    preview: text,
    riskScore: score,
    category,
    at,
  };
}
