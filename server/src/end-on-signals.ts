/** How a process of ours is told to end. */

const SHUTDOWN_MS = 10_000;

/**
 * The first signal ends in order, the second at once; after ten seconds nothing is waited for any more. `npm start`
 * holds a channel to us: when it closes without a signal, npm was killed, and nobody is left who could send one.
 */
export function endOnSignals(close: () => Promise<void>): void {
  let isEnding = false;
  const end = (why: string) => {
    if (isEnding) process.exit(130);
    isEnding = true;
    process.stderr.write(`\n${why}: ending. Once more ends at once.\n`);
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.once('disconnect', () => {
    if (!isEnding) end('npm is gone');
  });
  process.channel?.unref();
}
