/**
 * `npm run bench tlog [--rounds 5] [--events 5000] [--seconds 5] [--verify 100000 | --full]`: how fast the audit log
 * takes events, what it adds to an action, and how fast an outsider checks a log of so many entries (a million with
 * `--full`). These need the insides of the server and of the library, so they lie beside them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    events: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '5' },
    verify: { type: 'string', default: '100000' },
    full: { type: 'boolean', default: false },
  },
});
const { rounds, events, seconds, verify, full } = values;
const server = new URL('../../server/test/bench/tlog.ts', import.meta.url);
const latency = new URL('../../server/test/bench/audit-latency.ts', import.meta.url);
const library = new URL('../../packages/tlog/bench/verify.ts', import.meta.url);
const codes = [
  await run(server, ['--rounds', rounds, '--events', events, '--seconds', seconds]),
  await run(latency, []),
  await run(library, ['--entries', full ? '1000000' : verify]),
];
process.exitCode = Math.max(...codes);

async function run(program: URL, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [fileURLToPath(program), ...args], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
