import { runNamed } from './setup/run-named.mjs';

await runNamed('bench', 'e2e/bench');
