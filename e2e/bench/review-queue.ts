/** `npm run bench review-queue [seconds]`. The measurement needs the server's insides, so it lies beside them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../server/test/bench/review-queue.ts', import.meta.url));
const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
const [code] = await once(child, 'exit');
process.exitCode = code ?? 1;
