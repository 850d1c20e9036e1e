import { spawn } from 'node:child_process';
import path from 'node:path';
import { readOptions } from './setup/options.mjs';
import { root } from './setup/paths.mjs';
import { environmentWith, prepare } from './setup/prepare.mjs';
import { runMain, say } from './setup/report.mjs';
import { stayWith } from './setup/stay-with.mjs';

/** The platform with people in it, in a data folder of its own unless VIRGIL_DATA names one. */
await runMain(async () => {
  const { values, env } = readOptions('npm run demo', process.argv.slice(2), { remove: { type: 'boolean' } });
  const node = await prepare({ web: !values.remove });
  if (!values.remove) say('starting the demo; people sign in and pictures are made, which takes a few seconds …');
  const args = [...(values.https ? ['--https'] : []), ...(values.remove ? ['--remove'] : [])];
  const dataFolder = process.env.VIRGIL_DATA || path.join(root, 'data', 'demo');
  const demo = spawn(node, [path.join(root, 'server', 'src', 'demo', 'main.ts'), ...args], {
    cwd: root,
    env: environmentWith(node, { ...env, VIRGIL_DATA: dataFolder }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  return stayWith(demo);
});
