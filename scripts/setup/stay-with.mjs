import { constants } from 'node:os';

const repeatMs = 500;

/**
 * Passes signals on to a child and waits for it to end in its own order; answers its exit code.
 *
 * The child leads a process group of its own, so Ctrl-C reaches it once, through us, and does not also hit the database
 * and media processes below it. It hears of our death by its closed `ipc` channel. npm repeats a signal that the
 * terminal already sent us: one that follows at once is not passed on.
 */
export function stayWith(child) {
  let lastAt = 0;
  const pass = (signal) => {
    const now = performance.now();
    if (lastAt !== 0 && now - lastAt < repeatMs) return;
    lastAt = now;
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);

  // An npm that was killed outright tells us nothing; without this the server would stay behind with its port.
  const parent = process.ppid;
  const watch = process.env.npm_lifecycle_event
    ? setInterval(() => process.ppid !== parent && pass('SIGTERM'), 1000).unref()
    : undefined;

  return new Promise((resolve) => {
    const done = (code) => {
      clearInterval(watch);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
      if (child.connected) child.disconnect();
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(error);
      done(127);
    });
    child.on('exit', (code, signal) => done(code ?? 128 + (constants.signals[signal] ?? 1)));
  });
}
