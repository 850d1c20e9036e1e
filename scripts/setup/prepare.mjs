import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { browserIsReady, unpackBrowser } from './browser.mjs';
import { dependenciesAreCurrent, installDependencies } from './dependencies.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { privateFolder, root } from './paths.mjs';
import { fetchNode, findNode } from './private-node.mjs';
import { SetupProblem, say } from './report.mjs';
import { buildWebApp, webAppExists, webAppIsCurrent } from './web-build.mjs';

/**
 * Makes the checkout ready to run, doing only what is missing, and answers the path of the Node to use.
 * When nothing is missing, nothing is written and nothing is said, so a read-only checkout that is ready starts.
 * @param web build the pages when they are stale
 * @param browser unpack the browser for the tests
 */
export async function prepare({ web = false, browser = false } = {}) {
  const isReady = () =>
    findNode() !== undefined &&
    dependenciesAreCurrent() &&
    (!web || webAppIsCurrent()) &&
    (!browser || browserIsReady());

  if (!isReady()) {
    refuseUnwritable();
    const waiting = (pid) => say(`another start (process ${pid}) is preparing this checkout; waiting for it`);
    await oneAtATime(
      path.join(privateFolder, 'prepare.lock'),
      async () => {
        const node = findNode() ?? (await fetchNode());
        if (!dependenciesAreCurrent()) await installDependencies(node);
        if (web && !webAppIsCurrent()) await buildWebApp(node);
        if (browser && !browserIsReady()) await unpackBrowser();
      },
      waiting,
    );
  }
  if (web && !webAppExists()) say('there is no web app in this checkout (web/index.html is missing); going on without');
  return findNode();
}

function refuseUnwritable() {
  try {
    mkdirSync(privateFolder, { recursive: true });
    for (const folder of [root, privateFolder]) accessSync(folder, constants.W_OK);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes(error.code)) throw error;
    const why = error.code === 'ENOSPC' ? 'the disk is full' : 'this user may not write there';
    throw new SetupProblem(
      `Something has to be installed or built first, in ${root}, but ${why}. ` +
        'Run it once as the user who owns the folder, or copy the checkout to a folder of your own.',
    );
  }
}

/** The environment for everything that runs on the prepared Node: whoever asks for `node` by name gets the same one. */
export function environmentWith(node, extra = {}) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  return {
    ...process.env,
    ...plain,
    // Types stripped and code compiled once: a third of the work of a warm start, also in the children. Node goes
    // without where it may not write.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(privateFolder, 'compile-cache'),
    [name]: [path.dirname(node), process.env[name]].join(path.delimiter),
    ...extra,
  };
}
