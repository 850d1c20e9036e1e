/** One stream of the embedded engine behind the plainest WHIP and WHEP server. Prints its address and processes. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MediaRoom, startMedia } from '../../../server/test/kit/media-room.ts';

const { engine, stop } = await startMedia({}, { packager: false });
const room = await MediaRoom.open(engine);
let visitors = 0;

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  if (request.method === 'DELETE') {
    await engine.remove(path.slice(1));
    response.writeHead(200).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const offer = Buffer.concat(chunks).toString();
  visitors += 1;
  const session = path.endsWith('/whip')
    ? await engine.publish(room.streamId, offer)
    : await engine.watch(room.streamId, offer, { identity: `visitor-${visitors}` });
  response
    .writeHead(201, { 'content-type': 'application/sdp', location: `/${session.resourceId}` })
    .end(session.answer);
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, pids: [process.pid, ...engine.workerPids] })}\n`);
});
process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
