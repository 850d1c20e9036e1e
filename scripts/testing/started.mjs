import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const running = new Set();

/** For after each test: a failed one must not leave its server running. */
export async function endAll() {
  for (const each of running) each.kill('SIGTERM');
  await Promise.all([...running].map((each) => each.ended));
}

/** Runs a script of a checkout and follows what it says. */
export function run(folder, script, args = [], { env = {}, user } = {}) {
  const child = spawn(process.execPath, [path.join(folder, script), ...args], {
    cwd: folder,
    env: { ...process.env, npm_lifecycle_event: undefined, FORCE_COLOR: undefined, ...env },
    ...(user ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const startedAt = performance.now();
  let said = '';
  let heard = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      heard();
    });
  }
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(one);
      resolve({ code: code ?? signal, said });
    });
  });
  const one = {
    ended,
    said: () => said,
    kill: (signal) => child.kill(signal),
    /** Milliseconds until the words were said; rejects when it ends without. */
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => said.includes(words) && resolve(performance.now() - startedAt);
        heard = look;
        look();
        ended.then(() => reject(new Error(`ended without saying "${words}":\n${said}`)));
      }),
  };
  running.add(one);
  return one;
}

/** Ports of its own and a data folder inside the copy, so that nothing of the machine is touched. */
export async function startEnvironment(folder, name = 'data') {
  const [port, rtmp, udp] = [await freePort(), await freePort(), await freePort()];
  return {
    PORT: String(port),
    RTMP_PORT: String(rtmp),
    MEDIA_UDP_PORT: String(udp),
    VIRGIL_DATA: path.join(folder, name),
    LOG_LEVEL: 'warn',
  };
}
