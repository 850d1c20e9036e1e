import { spawn } from 'node:child_process';
import path from 'node:path';
import { readOptions } from './setup/options.mjs';
import { root } from './setup/paths.mjs';
import { environmentWith, prepare } from './setup/prepare.mjs';
import { runMain } from './setup/report.mjs';
import { stayWith } from './setup/stay-with.mjs';

await runMain(async () => {
  const { values, env } = readOptions('npm start', process.argv.slice(2));
  const node = await prepare({ web: true });
  const server = spawn(node, [path.join(root, 'server', 'src', 'main.ts'), ...(values.https ? ['--https'] : [])], {
    cwd: root,
    env: environmentWith(node, env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  return stayWith(server);
});
