/** What happens to the processes of the engine: one dies, the server dies, a port is taken. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MediaRoom, startMedia } from '../../../test/kit/media-room.ts';

const patience = { timeout: 25_000, interval: 20 };

describe('media processes', { timeout: 60_000 }, () => {
  const cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  });

  async function open(workers = 1): Promise<MediaRoom> {
    const { engine, stop } = await startMedia({ workers }, { packager: false });
    cleanUp.push(stop);
    const room = await MediaRoom.open(engine);
    cleanUp.push(() => room.close());
    return room;
  }

  it('brings a killed worker back by itself, on its port, still muted', async () => {
    const room = await open();
    const { engine, streamId } = room;
    await room.publisher();
    await engine.setAudioMuted(streamId, true);
    const ports = engine.udpPorts;
    const back = Promise.withResolvers<void>();
    engine.on((event) => {
      if (event.type === 'engine.restarted' && event.streamIds.includes(streamId)) back.resolve();
    });
    for (const pid of engine.workerPids) process.kill(pid, 'SIGKILL');
    await back.promise;
    expect(engine.udpPorts).toEqual(ports);
    await room.publisher();
    const viewer = await room.viewer();
    await vi.waitFor(() => expect(viewer.audio.packets).toBeGreaterThan(5), patience);
    expect(viewer.audio.lastPayload).toEqual(Buffer.of(0xf8, 0xff, 0xfe));
  });

  it('keeps a call that meets the restart waiting instead of failing it', async () => {
    const room = await open();
    await room.publisher();
    for (const pid of room.engine.workerPids) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(room.engine.workerPids).toEqual([]), patience);
    const viewer = await room.viewer();
    await room.publisher();
    await vi.waitFor(() => expect(viewer.video.packets).toBeGreaterThan(5), patience);
  });

  it('spreads streams over workers, and one death leaves the others alone', async () => {
    const room = await open(2);
    const other = await MediaRoom.open(room.engine);
    cleanUp.push(() => other.close());
    await room.publisher();
    await other.publisher();
    const viewers = [await room.viewer(), await other.viewer()];
    await vi.waitFor(() => expect(viewers.every((viewer) => viewer.video.packets > 5)).toBe(true), patience);
    const lost: unknown[] = [];
    room.engine.on((event) => {
      if (event.type === 'publish.interrupted') lost.push(event.streamId);
    });
    process.kill(room.engine.workerPids[0] as number, 'SIGKILL');
    await vi.waitFor(() => expect(lost).toHaveLength(1), patience);
    const spared = viewers[lost[0] === room.streamId ? 1 : 0];
    const before = spared?.video.packets ?? 0;
    await vi.waitFor(() => expect(spared?.video.packets).toBeGreaterThan(before + 20), patience);
  });

  it('leaves no process behind when the server is killed', async () => {
    const script = fileURLToPath(new URL('../../../test/kit/media-server-to-kill.ts', import.meta.url));
    const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(line.toString()) as number[];
    // The worker and the packager.
    expect(pids.length).toBeGreaterThanOrEqual(2);
    expect(pids.filter(isRunning)).toEqual(pids);
    server.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), patience);
  });

  it('says which port is taken', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const udpPort = socket.address().port;
    await expect(startMedia({ udpPort })).rejects.toThrow(`UDP port ${udpPort}`);
    socket.close();
  });

  it('ends everything on stop, and stopping twice is once', async () => {
    const room = await open();
    await room.publisher();
    const pids = room.engine.workerPids;
    await room.engine.stop();
    await room.engine.stop();
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), patience);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
