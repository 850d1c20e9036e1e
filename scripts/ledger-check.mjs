import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './setup/paths.mjs';
import { environmentWith, prepare } from './setup/prepare.mjs';
import { runMain } from './setup/report.mjs';
import { stayWith } from './setup/stay-with.mjs';

/** Checks the books of the database that VIRGIL_DATA or DATABASE_URL names, whether or not the server runs. */
await runMain(async () => {
  const node = await prepare({});
  const check = spawn(node, [path.join(root, 'server', 'src', 'ledger-check', 'main.ts')], {
    cwd: root,
    env: environmentWith(node, {}),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  return stayWith(check);
});
