/** Whose reports are set aside, and how an admin ends that. */
import type { BodyOf, reports as contract, OutputOf, QueryOf, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOf, personOfActor } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import type { ReportDeps } from './deps.ts';
import { endMutes, lockPeople, personExists, searchMutes } from './mute-store.ts';

export async function listReportMutes(
  deps: ReportDeps,
  actor: Actor,
  { cursor, limit, q: words }: QueryOf<typeof contract.listReportMutes>,
): Promise<OutputOf<typeof contract.listReportMutes>> {
  const after = decodeCursor(cursor, instantAndId);
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchMutes(tx, { words, after, limit, at: deps.clock.now() });
    const { rows, nextCursor } = pageOf(found, limit, ({ mute }) => [mute.createdAt.toISOString(), mute.id]);
    const items = rows.map(({ mute, setAside, user }) => ({
      user: personOf(user),
      abusiveReports: mute.abusiveReports,
      since: mute.createdAt.toISOString(),
      until: mute.endsAt.toISOString(),
      setAside,
    }));
    return { items, nextCursor };
  });
}

export async function liftReportMute(
  deps: ReportDeps,
  actor: Actor,
  userId: UserId,
  { reason }: BodyOf<typeof contract.liftReportMute>,
): Promise<OutputOf<typeof contract.liftReportMute>> {
  const { userId: adminId } = personOfActor(actor);
  if (adminId === userId) throw new AppError('own_content');
  const at = deps.clock.now();
  return deps.database.asSystem('an admin lets someone’s reports count again', async (tx) => {
    if (!(await personExists(tx, userId))) throw new AppError('not_found');
    await lockPeople(tx, [userId]);
    if (!(await endMutes(tx, userId, at, adminId))) {
      throw new AppError('already_decided', {
        detail: 'Their reports count: they are not muted, or are not any more.',
      });
    }
    const [receipt] = await recordAudit(tx, {
      type: 'REPORTER_UNMUTED',
      entity: 'profile',
      entityId: userId,
      actorId: adminId,
      at,
      personal: [{ userId, data: { reason } }],
    });
    const text = 'Your reports count again. What you report from now on is looked at like everybody’s.';
    await notify(tx, { userId, sentBy: adminId, kind: 'reporter_unmuted', text, data: { receipt }, at });
    return { userId };
  });
}
