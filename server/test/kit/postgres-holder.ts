/** Holds an embedded PostgreSQL in a process of its own, so that tests can kill it. `once` starts and stops. */
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.ts';
import { StartupProblem } from '../../src/startup-problem.ts';
import { silentLogger } from './silent-logger.ts';

const [dataFolder = '', once] = process.argv.slice(2);
try {
  const postgres = await startEmbeddedPostgres({ dataFolder, logger: silentLogger });
  // Before it is announced: whoever reads of it may end it in the same moment.
  if (!once) process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify({ url: postgres.url, pid: postgres.pid() })}\n`);
  if (once) await postgres.stop();
  else setInterval(() => undefined, 60_000);
} catch (error) {
  if (!(error instanceof StartupProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
