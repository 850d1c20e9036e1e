/** The servers that are compared, each ready to take a publisher and viewers on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Contestant {
  readonly base: string;
  readonly whip: string;
  readonly whep: string;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

export async function startVirgil(...flags: '--hls'[]): Promise<Contestant> {
  const script = fileURLToPath(new URL('./virgil-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { port, pids } = JSON.parse(line.toString()) as { port: number; pids: number[] };
  const base = `http://127.0.0.1:${port}`;
  return { base, whip: `${base}/whip`, whep: `${base}/whep`, pids, stop: () => end(child) };
}

export async function startMediaMtx(binary: string): Promise<Contestant> {
  const folder = mkdtempSync(path.join(tmpdir(), 'virgil-bench-mediamtx-'));
  const [http, udp] = [await freePort(), await freePort()];
  const config = path.join(folder, 'mediamtx.yml');
  writeFileSync(
    config,
    [
      'logLevel: error',
      ...['rtsp', 'rtmp', 'hls', 'srt', 'api', 'metrics'].map((feature) => `${feature}: no`),
      'webrtc: yes',
      `webrtcAddress: 127.0.0.1:${http}`,
      `webrtcLocalUDPAddress: 127.0.0.1:${udp}`,
      'webrtcIPsFromInterfaces: no',
      'webrtcAdditionalHosts: [127.0.0.1]',
      'paths:',
      '  all_others:',
      '',
    ].join('\n'),
  );
  const child = spawn(binary, [config], { stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://127.0.0.1:${http}/bench`;
  await untilAnswering(base);
  return {
    base,
    whip: `${base}/whip`,
    whep: `${base}/whep`,
    pids: [child.pid as number],
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilAnswering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Error(`nothing answers at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await Promise.race([once(child, 'exit'), sleep(3_000)]);
  child.kill('SIGKILL');
}
