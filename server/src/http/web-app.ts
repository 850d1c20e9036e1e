/**
 * The built web app, held in memory and compressed once. Every page path gets the same document; hashed files may be
 * kept for good. Without a build the server still serves its API and says what is missing.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { giveGuestCookie } from './guest-cookie.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt', '.wasm']);
/** What Vite writes under assets/ carries a hash of its content in its name. */
const HASHED = /^\/assets\//;
/** Paths that are never pages, so that a wrong address of the API is no 200 with HTML. */
const NO_PAGES = /^\/(api|assets|media|hls|whip|whep|socket\.io|log|docs|openapi\.json|health|ready|metrics)(\/|$)/;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

interface WebFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  /** Made on first use. */
  readonly encodings: Map<string, Promise<Buffer>>;
  readonly compressible: boolean;
}

export class WebApp {
  readonly #files: ReadonlyMap<string, WebFile>;
  readonly #secureCookies: boolean;

  private constructor(files: ReadonlyMap<string, WebFile>, secureCookies: boolean) {
    this.#files = files;
    this.#secureCookies = secureCookies;
  }

  static async load(folder: string, secureCookies: boolean): Promise<WebApp> {
    const files = new Map<string, WebFile>();
    for (const entry of await listFiles(folder)) {
      const path = `/${relative(folder, entry).split(sep).join('/')}`;
      const bytes = await readFile(entry);
      const extension = extname(entry);
      files.set(path, {
        bytes,
        type: TYPES[extension] ?? 'application/octet-stream',
        etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
        immutable: HASHED.test(path),
        encodings: new Map(),
        compressible: COMPRESSIBLE.has(extension) && bytes.length > 1024,
      });
    }
    return new WebApp(files, secureCookies);
  }

  get isBuilt(): boolean {
    return this.#files.has('/index.html');
  }

  /** False when the path is neither a file of the app nor a page. */
  async serve(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const path = pathOf(request.url);
    const file = path === '/' ? undefined : this.#files.get(path);
    if (file !== undefined) {
      await this.#send(request, reply, file);
      return true;
    }
    if (NO_PAGES.test(path) || extname(path) !== '' || !wantsHtml(request)) return false;
    const page = this.#files.get('/index.html');
    giveGuestCookie(request, reply, this.#secureCookies);
    if (page === undefined) {
      reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The web app has not been built. Start with "npm start", or run "npm run build -w web".\n');
      return true;
    }
    await this.#send(request, reply, page);
    return true;
  }

  async #send(request: FastifyRequest, reply: FastifyReply, file: WebFile): Promise<void> {
    reply
      .header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      .header('etag', file.etag)
      .type(file.type);
    if (file.compressible) reply.header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === file.etag) {
      reply.code(304).send();
      return;
    }
    const encoding = file.compressible ? encodingFor(request) : null;
    if (encoding === null) {
      reply.send(file.bytes);
      return;
    }
    let encoded = file.encodings.get(encoding);
    if (encoded === undefined) {
      encoded = compress(encoding, file.bytes);
      file.encodings.set(encoding, encoded);
    }
    reply.header('content-encoding', encoding).send(await encoded);
  }
}

function compress(encoding: 'br' | 'gzip', bytes: Buffer): Promise<Buffer> {
  return encoding === 'br' ? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }) : zip(bytes);
}

function encodingFor(request: FastifyRequest): 'br' | 'gzip' | null {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

/** Browsers ask for text/html; a program that takes anything gets told that there is nothing. */
function wantsHtml(request: FastifyRequest): boolean {
  return String(request.headers.accept ?? '').includes('text/html');
}

function pathOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch {
    // Half an escape sequence names no file.
    return '/\0';
  }
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
