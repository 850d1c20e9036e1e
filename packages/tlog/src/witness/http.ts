import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Witness } from './witness.ts';

/** A checkpoint with sixteen post-quantum signatures has room in it. */
const MAX_BODY_BYTES = 128 * 1024;

/** `POST …/add-checkpoint` of c2sp.org/tlog-witness, and `GET …/key`, which answers `verifier`. */
export function witnessListener(witness: Witness, verifier: string): RequestListener {
  return (request, response) => {
    respond(witness, verifier, request, response).catch(() => {
      // What failed is the store: nothing was cosigned.
      if (!response.headersSent) send(response, 500, 'the witness could not keep the checkpoint\n');
      else response.destroy();
    });
  };
}

async function respond(
  witness: Witness,
  verifier: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?');
  const wanted = path.endsWith('/add-checkpoint') ? 'POST' : path.endsWith('/key') ? 'GET' : null;
  if (wanted === null) return send(response, 404, 'there is nothing here\n');
  if (request.method !== wanted) return send(response.setHeader('allow', wanted), 405, `only ${wanted}\n`);
  if (wanted === 'GET') return send(response, 200, `${verifier}\n`);
  const body = await readBody(request);
  if (body === null) return send(response.setHeader('connection', 'close'), 413, 'the request is too long\n');
  if (body === undefined) return send(response, 400, 'the request is not UTF-8\n');
  const answer = await witness.addCheckpoint(body);
  send(response, answer.status, answer.body, answer.contentType);
}

/** Null when it is too long, undefined when it is not UTF-8. */
async function readBody(request: IncomingMessage): Promise<string | null | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}
