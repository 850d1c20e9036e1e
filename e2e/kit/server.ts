/** Starts the real server as its own process, the way `npm start` does, on free ports and in a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ADMIN = { email: 'admin@virgil.test', password: 'a-long-admin-password' } as const;

export interface RunningServer {
  readonly url: string;
  readonly rtmpPort: number;
  readonly dataFolder: string;
  readonly pid: number;
  /** Milliseconds from spawn to the first 200 of `/ready`. */
  readonly readyMs: number;
  /** Everything the server wrote so far, for messages of failed tests. */
  output(): string;
  /** SIGTERM, then waits for the exit. */
  stop(): Promise<number | null>;
  /** SIGKILL of the server alone: its children and PostgreSQL are left behind, as after a crash. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** Kept when given, removed on stop when not. */
  readonly dataFolder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly readyWithinMs?: number;
  /** What runs, from the repository's root; the demo is a server too. */
  readonly script?: string;
}

const repository = fileURLToPath(new URL('../../', import.meta.url));

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'virgil-e2e-')));
  const [port, rtmpPort, udpPort] = [await freePort(), await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [options.script ?? 'server/src/main.ts'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      RTMP_PORT: String(rtmpPort),
      MEDIA_UDP_PORT: String(udpPort),
      VIRGIL_DATA: dataFolder,
      VIRGIL_MODE: 'test',
      VIRGIL_CLASSIFIER: 'scripted',
      VIRGIL_RATE_LIMITS: 'off',
      VIRGIL_ADMIN_EMAIL: ADMIN.email,
      VIRGIL_ADMIN_PASSWORD: ADMIN.password,
      LOG_LEVEL: 'warn',
      ...options.env,
    },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));
  await untilReady(child, url, options.readyWithinMs ?? 60_000, () => written);
  const readyMs = performance.now() - startedAt;
  const exited = once(child, 'exit');
  return {
    url,
    rtmpPort,
    dataFolder,
    pid: child.pid ?? 0,
    readyMs,
    output: () => written,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await exited;
      }
      if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
      return child.exitCode;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function untilReady(child: ChildProcess, url: string, withinMs: number, output: () => string): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`the server was not ready within ${withinMs} ms:\n${output()}`);
}
