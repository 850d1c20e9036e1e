/** The RTMP process: listens for encoders. A crash of a parser or codec ends this process and nothing else. */
import { createServer } from 'node:net';
import { loadAv } from '../av/load-av.ts';
import { connectFeed } from '../feed.ts';
import { serveParent, tellParent } from '../media-child-main.ts';
import { type IngestEvent, type IngestRequest, ingestRequest, ingestSetup } from './ingest-messages.ts';
import { RtmpPublisher } from './publisher.ts';
import { RtmpConnection, type RtmpTagSink } from './rtmp-connection.ts';

const maxConnections = 100;
const maxFromOneAddress = 10;

const { host, port } = ingestSetup.parse(JSON.parse(process.argv[2] ?? ''));
const av = await loadAv();
const questions = new Map<number, (feedAddress: string | null) => void>();
const connections = new Map<RtmpConnection, string>();
let nextQuestion = 1;

function emit(event: IngestEvent): void {
  tellParent({ kind: 'event', event });
}

function ask(streamKey: string): Promise<string | null> {
  const question = nextQuestion++;
  return new Promise((resolve) => {
    questions.set(question, resolve);
    emit({ type: 'publish', question, streamKey });
  });
}

async function open(streamKey: string, end: (reason: string) => void): Promise<RtmpTagSink | null> {
  const feedAddress = await ask(streamKey);
  if (feedAddress === null || av === null) return null;
  const feed = await connectFeed(feedAddress);
  const publisher = new RtmpPublisher(av, feed, (problem) => emit({ type: 'problem', problem }));
  feed.onClose(() => end('the stream is over'));
  return publisher;
}

const server = createServer((socket) => {
  const address = socket.remoteAddress ?? '';
  const fromThere = [...connections.values()].filter((other) => other === address).length;
  if (connections.size >= maxConnections || fromThere >= maxFromOneAddress) {
    socket.destroy();
    return;
  }
  const connection: RtmpConnection = new RtmpConnection(socket, {
    publish: (streamKey) => open(streamKey, (reason) => connection.end(reason)),
    refused: (reason) => emit({ type: 'refused', reason }),
  });
  connections.set(connection, address);
  socket.on('close', () => connections.delete(connection));
});

async function handle(request: IngestRequest): Promise<unknown> {
  switch (request.type) {
    case 'decided':
      questions.get(request.question)?.(request.feedAddress);
      questions.delete(request.question);
      return null;
    case 'stop':
      server.close();
      for (const connection of connections.keys()) connection.end('the server stops');
      return null;
  }
}

serveParent(ingestRequest, handle);

if (av === null) {
  tellParent({ kind: 'unable', message: 'RTMP needs node-av (FFmpeg), which is not installed here.' });
} else {
  server.once('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    const message = taken
      ? `The RTMP port ${port} is taken by another program.`
      : `RTMP cannot listen: ${error.message}`;
    tellParent({ kind: 'unable', message });
  });
  server.listen(port, host, () => {
    const bound = server.address();
    tellParent({ kind: 'ready', value: { port: typeof bound === 'object' && bound !== null ? bound.port : port } });
  });
}
