/** Finding and changing recordings. */
import type { BodyOf, videos as contract, OutputOf, QueryOf, RemovalNote, VideoId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { differing } from '../../differing.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import {
  enforce,
  GUEST_STANDING,
  personOfActor,
  readAs,
  readStanding,
  readStandings,
  type Standing,
} from '../channels/index.ts';
import { removalNoteOf } from '../removals/index.ts';
import type { VideoDeps } from './deps.ts';
import { describeVideo } from './describe-video.ts';
import type { VideoCommentsSwitched } from './events.ts';
import { mayChange, maySee } from './policy.ts';
import { findVideo, searchVideos, updateVideo, type VideoRow } from './store.ts';

export async function listVideos(
  deps: VideoDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listVideos>,
): Promise<OutputOf<typeof contract.listVideos>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { creatorId, limit, q: words } = query;
  return readAs(deps.database, actor, async (tx) => {
    const found = await searchVideos(tx, { creatorId, words, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, ({ video }) => [video.createdAt.toISOString(), video.id]);
    const standings = await readStandings(tx, [...new Set(rows.map(({ video }) => video.channelId))], actor);
    const standingOn = (channelId: string): Standing => standings.get(channelId) ?? GUEST_STANDING;
    const items: contract.Video[] = [];
    for (const row of rows) {
      const note = await noteOn(tx, row);
      items.push(await describeVideo(deps, row, actor, standingOn(row.video.channelId), note));
    }
    return { items, nextCursor };
  });
}

export async function getVideo(deps: VideoDeps, actor: Actor, id: VideoId): Promise<contract.Video> {
  const row = await factsOf(deps, id);
  if (row === null) throw new AppError('not_found');
  const standing = await standingOn(deps, actor, row);
  enforce(maySee(row.video, standing));
  const note = await readAs(deps.database, actor, (tx) => noteOn(tx, row));
  return describeVideo(deps, row, actor, standing, note);
}

/** Asked only of what was removed, so it costs nothing elsewhere. */
async function noteOn(tx: Tx, { video }: VideoRow): Promise<RemovalNote | null> {
  return video.removal === null ? null : removalNoteOf(tx, video.id);
}

export async function changeVideo(
  deps: VideoDeps,
  actor: Actor,
  id: VideoId,
  body: BodyOf<typeof contract.updateVideo>,
): Promise<contract.Video> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const row = await factsOf(deps, id);
  if (row === null) throw new AppError('not_found');
  const standing = await standingOn(deps, actor, row);
  const decision = mayChange(row.video, body, standing);
  if (!decision.allowed && row.video.removal !== null && standing.isOwner) throw heldByADecision();
  enforce(decision);
  const change = differing(row.video, body);
  const { changed, note } = await deps.database.asActor(actor, async (tx) => {
    if (Object.keys(change).length > 0) {
      if (!(await updateVideo(tx, id, { ...change, updatedAt: at }))) throw heldByADecision();
      const entry = { type: 'VIDEO_UPDATED', entity: 'video', entityId: id, actorId: userId, at } as const;
      await recordAudit(tx, { ...entry, details: { fields: Object.keys(change) } });
      if ('commentsOpen' in change) await announce(tx, commentsSwitched(id, at));
    }
    const changed = await findVideo(tx, id);
    return { changed, note: changed === null ? null : await noteOn(tx, changed) };
  });
  if (changed === null) throw new AppError('not_found');
  return describeVideo(deps, changed, actor, standing, note);
}

const commentsSwitched = (videoId: VideoId, at: Date): VideoCommentsSwitched => ({
  type: 'video.commentsSwitched',
  key: videoId,
  at: at.toISOString(),
  videoId,
});

const heldByADecision = () =>
  new AppError('not_allowed', {
    detail: 'This video was removed by a decision. Who may see it cannot be changed until that decision is lifted.',
  });

/** Row security hides a patron-only recording whole, but whoever has its address is told what it takes to see it. */
export function factsOf({ database }: Pick<VideoDeps, 'database'>, id: VideoId): Promise<VideoRow | null> {
  return database.asSystem('say what a recording asks for', (tx) => findVideo(tx, id));
}

export function standingOn(
  { database }: Pick<VideoDeps, 'database'>,
  actor: Actor,
  { video }: VideoRow,
): Promise<Standing> {
  return readAs(database, actor, (tx) => readStanding(tx, video.channelId, actor));
}
