/**
 * Everybody in the demo, in a process of their own: they know the server by its address alone, as strangers do, and
 * making pictures for them does not slow it down.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { adminEmail, channels, chatters, type DemoChannel, moderator, viewer } from './cast.ts';
import { talk } from './chatter.ts';
import { type Loop, loopOf } from './film/loop.ts';
import { makeHearings } from './hearings.ts';
import { giveMoney, makeMatters } from './matters.ts';
import { type FromPlayers, type ToPlayers, toPlayers } from './messages.ts';
import { DemoPerson } from './people.ts';
import { playLoop } from './publish/play-loop.ts';
import { openWhip, type WhipTarget } from './publish/whip-session.ts';
import { rehearse } from './rehearsal.ts';

const retryMs = 2_000;
const farewellMs = 1_000;

const tell = (message: FromPlayers): void => void process.send?.(message);
const over = new AbortController();
process.on('disconnect', () => {
  over.abort();
  // Native connections would keep the process; they get a moment to say good-bye.
  setTimeout(() => process.exit(0), farewellMs);
});
// Ctrl-C belongs to the server, which ends its children.
process.on('SIGINT', () => {});

process.once('message', (message) => void play(toPlayers.parse(message)));

interface Stage {
  readonly channel: DemoChannel;
  readonly owner: DemoPerson;
  readonly streamId: string;
  readonly ingest: WhipTarget;
}

async function play({ url, password, folder }: ToPlayers): Promise<void> {
  const enter = (details: { name: string; email: string }) => DemoPerson.enter(url, { ...details, password });
  const admin = await enter({ name: 'Virgil Admin', email: adminEmail });
  const watchman = await enter(moderator);
  const guest = await enter(viewer);
  const owners: DemoPerson[] = [];
  for (const { owner } of channels) owners.push(await enter(owner));
  const crowd: DemoPerson[] = [];
  for (const chatter of chatters) crowd.push(await enter(chatter));
  tell({ type: 'made', userIds: [admin, watchman, guest, ...owners, ...crowd].map(({ id }) => id) });

  await admin.call('POST', `/api/admin/users/${watchman.id}/role`, { role: 'moderator' });
  const stages: Stage[] = [];
  for (const [index, channel] of channels.entries()) {
    const owner = owners[index] as DemoPerson;
    await admin.call('POST', `/api/admin/users/${owner.id}/tier`, { tier: 'pro' });
    stages.push(await goLive(channel, owner));
    await owner.call('PUT', `/api/v1/channels/${owner.id}/moderators/${watchman.id}`);
    const [vip] = crowd.slice(index);
    if (vip) await owner.call('PUT', `/api/v1/channels/${owner.id}/vips/${vip.id}`);
    await guest.call('PUT', `/api/v1/channels/${owner.id}/follow`);
  }
  stages.forEach(({ streamId, channel, owner }, index) => {
    // Fewer people from stage to stage: the home page sorts by viewers.
    const room = crowd.slice(0, crowd.length - index * 2);
    void talk(room, streamId, channel.realm, over.signal);
    void unlessOver(giveMoney(owner, streamId, room, index, over.signal));
  });
  const streamIds = stages.map(({ streamId }) => streamId);
  void unlessOver(makeHearings({ admin, moderator: watchman, viewer: guest, crowd, streamIds }));
  const [offender, ...reporters] = crowd.slice(-3);
  if (offender) {
    void unlessOver(makeMatters({ admin, offender, reporters, streamIds, url }));
  }
  for (const [index, stage] of stages.entries()) {
    const loop = await loopOf(stage.channel.realm, folder);
    if (index === 0)
      tell({ type: 'ready', missing: loop === null ? 'pictures and music (node-av is not here)' : null });
    if (loop === null) continue;
    void keepPlaying(stage, loop);
    const [host, ...others] = crowd;
    if (index === 0 && host) {
      void unlessOver(rehearse({ admin, host, crowd: [...others, guest], loop, signal: over.signal }));
    }
  }
}

/** What goes wrong among the people is said, and ends nothing. */
async function unlessOver(act: Promise<void>): Promise<void> {
  await act.catch((error) => {
    if (!over.signal.aborted) process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  });
}

/** A stream that was left running by the last start is ended first: one channel has one stream. */
async function goLive(channel: DemoChannel, owner: DemoPerson): Promise<Stage> {
  const { active } = await owner.call<{ active: { id: string }[] }>('GET', `/api/v1/livestreams/creator/${owner.id}`);
  for (const { id } of active) await owner.call('POST', `/api/v1/livestreams/${id}/end`);
  // Nobody wants to keep a recording that repeats every minute.
  await owner.call('PATCH', `/api/v1/channels/${owner.id}/settings`, { record: false, description: channel.words });
  const started = await owner.call<{ livestream: { id: string }; ingest: WhipTarget }>(
    'POST',
    '/api/v1/livestreams/start',
    { title: channel.title, description: channel.words, category: channel.category, danteRealm: channel.realm },
  );
  return { channel, owner, streamId: started.livestream.id, ingest: started.ingest };
}

/** Like any encoder it tries again when the connection is lost. */
async function keepPlaying({ ingest }: Stage, loop: Loop): Promise<void> {
  while (!over.signal.aborted) {
    try {
      const session = await openWhip(ingest);
      await playLoop(session, loop, over.signal);
      await session.close();
    } catch (error) {
      if (!over.signal.aborted)
        process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    await wait(retryMs);
  }
}
