/**
 * Builds what the benchmark compares with and loads by, from Go modules, once, below `.virgil/bench`: MediaMTX and a
 * pion client. Null with a sentence when Go, or the module, is not to be had.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const place = path.join(root, '.virgil', 'bench');
const mediaMtxVersion = 'v1.14.0';

export interface GoPrograms {
  readonly mediaMtx: string;
  readonly pion: string;
}

export async function buildGoPrograms(): Promise<GoPrograms | { readonly missing: string }> {
  try {
    await run('go', ['version']);
  } catch {
    return { missing: 'Go is not installed (1.23 or newer builds MediaMTX and the load client)' };
  }
  try {
    mkdirSync(place, { recursive: true });
    return { pion: await buildPion(), mediaMtx: await buildMediaMtx() };
  } catch (error) {
    return { missing: `Go could not build: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}` };
  }
}

async function buildPion(): Promise<string> {
  const source = fileURLToPath(new URL('../pion/', import.meta.url));
  const binary = path.join(place, 'pion');
  const newest = Math.max(...readdirSync(source).map((file) => statSync(path.join(source, file)).mtimeMs));
  if (!existsSync(binary) || statSync(binary).mtimeMs < newest)
    await run('go', ['build', '-o', binary, '.'], { cwd: source });
  return binary;
}

/** Its own build fetches hls.js and the version from the network; both are put in place here instead. */
async function buildMediaMtx(): Promise<string> {
  const binary = path.join(place, `mediamtx-${mediaMtxVersion}`);
  if (existsSync(binary)) return binary;
  console.log('building MediaMTX, once (some minutes)');
  const { stdout } = await run('go', ['mod', 'download', '-json', `github.com/bluenviron/mediamtx@${mediaMtxVersion}`]);
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  const source = path.join(place, 'mediamtx');
  cpSync(Dir, source, { recursive: true, force: true, dereference: true });
  await run('chmod', ['-R', 'u+w', source]);
  const hls = createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js');
  cpSync(hls, path.join(source, 'internal/servers/hls/hls.min.js'));
  writeFileSync(path.join(source, 'internal/core/VERSION'), mediaMtxVersion);
  await run('go', ['build', '-o', binary, '.'], { cwd: source, maxBuffer: 16 * 1024 * 1024 });
  return binary;
}
