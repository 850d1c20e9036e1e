/** Stands for the server: runs a stream, prints the ids of all child processes, and waits to be killed. */
import { readFileSync } from 'node:fs';
import { MediaRoom, startMedia } from './media-room.ts';

const { engine } = await startMedia();
const room = await MediaRoom.open(engine);
await room.publisher();
// Answered by the packager, so it runs.
while ((await engine.hls(room.streamId, { file: 'index.m3u8' })).status !== 200) {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
const children = process.platform === 'linux' ? childrenOf(process.pid) : [...engine.workerPids, ...engine.workerPids];
process.stdout.write(JSON.stringify(children));

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}
