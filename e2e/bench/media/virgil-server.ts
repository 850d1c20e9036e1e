/**
 * One stream of the embedded engine behind the plainest server: WHIP, WHEP, HLS where asked for by `--hls`, and an
 * empty page for browsers. Prints its port and its processes.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { MediaRoom, startMedia } from '../../../server/test/kit/media-room.ts';

const { engine, stop } = await startMedia({}, { packager: process.argv.includes('--hls') });
const room = await MediaRoom.open(engine);
const hlsJs = readFileSync(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'));
let visitors = 0;

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST') await join(pathname, request, response);
  else if (request.method === 'DELETE') {
    await engine.remove(pathname.slice(1));
    response.writeHead(200).end();
  } else if (pathname === '/hls.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(hlsJs);
  else if (pathname.startsWith('/hls/')) await hls(pathname.slice(5), searchParams, response);
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><body></body>');
}

async function join(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
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

async function hls(file: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const [msn, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
  const { status, contentType, body } = await engine.hls(room.streamId, {
    file,
    ...(msn === null ? {} : { msn: Number(msn) }),
    ...(part === null ? {} : { part: Number(part) }),
  });
  response.writeHead(status, { 'content-type': contentType }).end(body);
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, pids: [process.pid, ...engine.workerPids] })}\n`);
});
process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
