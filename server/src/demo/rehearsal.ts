/** A short broadcast that is recorded, so that there is something to comment on; one of the comments is held. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Loop } from './film/loop.ts';
import type { DemoPerson } from './people.ts';
import { playLoop } from './publish/play-loop.ts';
import { openWhip, type WhipTarget } from './publish/whip-session.ts';

/** The first glance at the demo belongs to its three streams. */
const afterMs = 20_000;
const lastsMs = 40_000;
const comments = [
  'so this is what it sounds like before the crowd comes in',
  'ganz ruhig, gefällt mir fast besser als live',
  'at 0:12 you hear the floor creak, lovely',
] as const;
const heldComment = 'cheap followers and viewers, buy followers now';

interface Rehearsal {
  readonly admin: DemoPerson;
  readonly host: DemoPerson;
  readonly crowd: readonly DemoPerson[];
  readonly loop: Loop;
  readonly signal: AbortSignal;
}

/** Once a data folder. */
export async function rehearse({ admin, crowd, host, loop, signal }: Rehearsal): Promise<void> {
  if ((await videoOf(host)) !== null) return;
  await wait(afterMs, undefined, { signal });
  await admin.call('POST', `/api/admin/users/${host.id}/tier`, { tier: 'pro' });
  const { ingest, livestream } = await host.call<{ livestream: { id: string }; ingest: WhipTarget }>(
    'POST',
    '/api/v1/livestreams/start',
    { title: 'Sound check at the gate', category: 'Music', danteRealm: 'purgatorio' },
  );
  const session = await openWhip(ingest);
  await playLoop(session, loop, AbortSignal.any([signal, AbortSignal.timeout(lastsMs)]));
  await session.close();
  await host.call('POST', `/api/v1/livestreams/${livestream.id}/end`);
  const video = await recordingOf(host, signal);
  for (const [index, message] of [...comments, heldComment].entries()) {
    await crowd[index % crowd.length]?.call('POST', `/api/v1/videos/${video}/comments`, { message });
  }
}

async function recordingOf(host: DemoPerson, signal: AbortSignal): Promise<string> {
  for (;;) {
    const found = await videoOf(host);
    if (found !== null) return found;
    await wait(1_000, undefined, { signal });
  }
}

async function videoOf(host: DemoPerson): Promise<string | null> {
  const { items } = await host.call<{ items: { id: string }[] }>('GET', `/api/v1/videos?creatorId=${host.id}&limit=1`);
  return items[0]?.id ?? null;
}
