/** The library's two memory traps: what is not held is collected, what is not closed is kept. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { MediaRoom, startMedia } from '../../../test/kit/media-room.ts';

const joins = 350;
const warmUp = 100;
const joinsPerSecond = 20;

describe('memory', { timeout: 90_000 }, () => {
  it('holds the tracks of a peer, which would fall silent at the next garbage collection', async () => {
    const script = fileURLToPath(new URL('../../../test/kit/collect-garbage.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script]);
    const { held, dropped, sent } = JSON.parse(stdout) as { held: number; dropped: number; sent: number };
    expect(sent).toBeGreaterThan(50);
    expect(held).toBeGreaterThan(sent * 0.9);
    // That the check can fail: the same without a reference receives next to nothing.
    expect(dropped).toBeLessThan(sent * 0.1);
  });

  it.skipIf(!existsSync('/proc/self/statm'))('is given back when viewers leave, said or unsaid', async () => {
    const { engine, stop } = await startMedia({}, { packager: false });
    const room = await MediaRoom.open(engine);
    try {
      await room.publisher();
      const worker = engine.workerPids[0] as number;
      let before = 0;
      const visits: Promise<void>[] = [];
      for (let joined = 0; joined < joins; joined += 1) {
        if (joined === warmUp) before = residentBytes(worker);
        visits.push(visit(room, joined % 2 === 0));
        await wait(1000 / joinsPerSecond);
      }
      // Each visit saw media, or this rejects.
      await Promise.all(visits);
      await vi.waitFor(async () => expect((await engine.stats(room.streamId)).webrtcViewers).toBe(0), {
        timeout: 40_000,
      });
      const growth = (residentBytes(worker) - before) / 1024 / 1024;
      expect(visits).toHaveLength(joins);
      // 250 viewers who keep half a megabyte each would be 125 MB.
      expect(growth).toBeLessThan(60);
    } finally {
      await room.close();
      await stop();
    }
  });
});

async function visit(room: MediaRoom, saysGoodbye: boolean): Promise<void> {
  const viewer = await room.viewer();
  await vi.waitFor(() => expect(viewer.video.packets).toBeGreaterThan(3), { timeout: 20_000, interval: 50 });
  if (saysGoodbye) await room.engine.remove(viewer.resourceId);
  viewer.close();
}

function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
}
