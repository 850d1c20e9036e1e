import { runNamed } from './setup/run-named.mjs';

await runNamed('soak', 'e2e/soak');
