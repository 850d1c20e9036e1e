import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { root } from './paths.mjs';
import { environmentWith, prepare } from './prepare.mjs';
import { runMain, SetupProblem } from './report.mjs';
import { stayWith } from './stay-with.mjs';

const namesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => path.basename(file, '.ts'))
    : [];

/** `npm run <command> <name> [arguments]` runs `<place>/<name>.ts` on the prepared Node, with a browser at hand. */
export function runNamed(command, place) {
  return runMain(async () => {
    const [name, ...rest] = process.argv.slice(2);
    const folder = path.join(root, place);
    const names = namesIn(folder);
    if (!names.includes(name)) {
      throw new SetupProblem(`npm run ${command} <name>, where name is one of: ${names.join(', ') || '(none yet)'}`);
    }
    const node = await prepare({ web: true, browser: true });
    const child = spawn(node, [path.join(folder, `${name}.ts`), ...rest], {
      cwd: root,
      env: environmentWith(node, findBrowser().env),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: process.platform !== 'win32',
    });
    return stayWith(child);
  });
}
