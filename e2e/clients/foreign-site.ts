/** A web site of somebody else on this machine: another origin that runs other people's players and publishers. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface ForeignSite {
  readonly url: string;
  close(): Promise<void>;
}

async function bundled(entry: string): Promise<string> {
  const result = await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'site' } },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) => ('output' in each ? each.output : []));
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (!chunk) throw new Error('nothing was bundled');
  return chunk.code;
}

/** `entry` is a browser script beside this file; it finds its parameters in the page's query. */
export async function serveForeignSite(entry: string): Promise<ForeignSite> {
  const script = await bundled(fileURLToPath(new URL(entry, import.meta.url)));
  const page =
    '<!doctype html><meta charset="utf-8"><video autoplay muted playsinline></video><script type="module" src="/site.js"></script>';
  const server = createServer((request, response) => {
    const isScript = request.url?.startsWith('/site.js');
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
