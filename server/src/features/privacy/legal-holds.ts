/** An admin keeps a person's data for a case of law, and lets it go again. */
import type { BodyOf, HoldId, OutputOf, privacy, QueryOf, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../actor.ts';
import { recordAudit } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { schedule } from '../../jobs/index.ts';
import type { PrivacyDeps } from './deps.ts';
import { findErasure } from './erasure-store.ts';
import { endHold, findHold, insertHold, lockHold, searchHolds } from './hold-store.ts';
import { erasePersonJob } from './job-kinds.ts';
import { readPerson } from './people-store.ts';
import { isHoldTooLong } from './policy.ts';

type Deps = Pick<PrivacyDeps, 'database' | 'clock'>;

export async function listHolds(
  { clock, database }: Deps,
  admin: Person,
  query: QueryOf<typeof privacy.listHolds>,
): Promise<OutputOf<typeof privacy.listHolds>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const found = await database.asActor(admin, (tx) =>
    searchHolds(tx, { userId: query.userId, at: clock.now(), after, limit: query.limit }),
  );
  const page = pageOf(found, query.limit, (hold) => [hold.expiresAt, hold.id]);
  return { items: [...page.rows], nextCursor: page.nextCursor };
}

export async function placeHold(
  { clock, database }: Deps,
  admin: Person,
  userId: UserId,
  body: BodyOf<typeof privacy.placeHold>,
): Promise<privacy.LegalHold> {
  refuseOwn(admin, userId);
  const at = clock.now();
  const expiresAt = new Date(body.expiresAt);
  if (expiresAt <= at || isHoldTooLong(at, expiresAt)) {
    throw new AppError('invalid', {
      detail: 'A hold ends in the future, within three years.',
      errors: [{ path: 'expiresAt', message: 'lies outside of the next three years' }],
    });
  }
  return database.asActor(admin, async (tx) => {
    if ((await readPerson(tx, userId)) === null) throw new AppError('not_found');
    const { authority, caseReference, reason } = body;
    const id = uuidv7();
    await insertHold(tx, {
      id,
      userId,
      caseReference,
      authority,
      reason,
      createdBy: admin.userId,
      createdAt: at,
      expiresAt,
    });
    await recordAudit(tx, {
      type: 'LEGAL_HOLD_PLACED',
      entity: 'profile',
      entityId: userId,
      actorId: admin.userId,
      at,
      details: { holdId: id, expiresAt: expiresAt.toISOString() },
      personal: [{ userId, data: { caseReference, authority, reason } }],
    });
    return findHold(tx, id);
  });
}

export async function releaseHold(
  { clock, database }: Deps,
  admin: Person,
  id: HoldId,
  reason: string,
): Promise<privacy.LegalHold> {
  const at = clock.now();
  return database.asActor(admin, async (tx) => {
    const before = await lockHold(tx, id);
    if (before === null) throw new AppError('not_found');
    refuseOwn(admin, before.userId);
    if (before.releasedAt !== null) throw new AppError('already_decided', { detail: 'This hold was ended before.' });
    await endHold(tx, id, admin.userId, at);
    await recordAudit(tx, {
      type: 'LEGAL_HOLD_RELEASED',
      entity: 'profile',
      entityId: before.userId,
      actorId: admin.userId,
      at,
      details: { holdId: id },
      personal: [{ userId: before.userId, data: { reason } }],
    });
    // An erasure that waited looks again now; with another hold in force it goes back to waiting.
    if ((await findErasure(tx, before.userId))?.status === 'restricted') {
      await schedule(tx, erasePersonJob(before.userId, at));
    }
    return findHold(tx, id);
  });
}

/** Whoever the case is about decides nothing in it. */
function refuseOwn(admin: Person, userId: string): void {
  if (userId === admin.userId) throw new AppError('own_content', { detail: 'This is about your own account.' });
}
