import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { privateFolder, root } from './paths.mjs';
import { SetupProblem, slowStep } from './report.mjs';
import { untar } from './untar.mjs';

const decompress = promisify(brotliDecompress);
const packed = path.join(root, 'node_modules', '@sparticuz', 'chromium');
const folder = path.join(privateFolder, 'browser');
const binary = path.join(folder, 'chromium');
const libraries = path.join(folder, 'lib');
const fonts = path.join(folder, 'fonts');

/** The packed browser is built for Linux on x64. */
const hasPackedBrowser = () => process.platform === 'linux' && process.arch === 'x64' && existsSync(packed);

const packedVersion = () => JSON.parse(readFileSync(path.join(packed, 'package.json'), 'utf8')).version;

const installedPlaces = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

const installedBrowser = () =>
  [process.env.VIRGIL_CHROMIUM, ...(installedPlaces[process.platform] ?? [])].find((file) => file && existsSync(file));

/** True when nothing is left to unpack: the packed browser lies there, or there is none to be had from npm here. */
export function browserIsReady() {
  if (!hasPackedBrowser()) return existsSync(path.join(root, 'node_modules')) && !existsSync(packed);
  const stamp = path.join(folder, 'version');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === packedVersion();
}

/** The archive's own file names the folders of a cloud function; ours names the unpacked fonts and the system's. */
const fontSettings = () => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

export async function unpackBrowser() {
  if (!hasPackedBrowser()) return;
  const work = path.join(privateFolder, `browser-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    await slowStep('unpacking the browser for the tests (once, 200 MB)', async () => {
      const open = async (name) => decompress(readFileSync(path.join(packed, 'bin', name)));
      writeFileSync(path.join(work, 'chromium'), await open('chromium.br'));
      chmodSync(path.join(work, 'chromium'), 0o755);
      for (const archive of ['al2023.tar.br', 'swiftshader.tar.br', 'fonts.tar.br']) untar(await open(archive), work);
      writeFileSync(path.join(work, 'fonts.conf'), fontSettings());
      writeFileSync(path.join(work, 'version'), packedVersion());
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
    throw new SetupProblem('The browser for the tests could not be unpacked: the disk is full (it takes 220 MB).');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const starts = (file, env) => spawnSync(file, ['--version'], { env: { ...process.env, ...env }, timeout: 20_000 });

/**
 * The environment in which Playwright finds a browser that works: VIRGIL_CHROMIUM, and where the system has no
 * nss libraries or fonts of its own, the ones that came with it. `undefined` with a reason when there is none.
 */
export function findBrowser() {
  if (existsSync(binary)) {
    const env = { VIRGIL_CHROMIUM: binary };
    if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_FILE = path.join(folder, 'fonts.conf');
    const withLibraries = {
      ...env,
      LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(path.delimiter),
    };
    if (starts(binary, env).status === 0) return { env };
    const second = starts(binary, withLibraries);
    if (second.status === 0) return { env: withLibraries };
    const installed = installedBrowser();
    if (!installed) return { reason: `the browser does not start: ${String(second.stderr).trim()}` };
  }
  const installed = installedBrowser();
  if (installed) return { env: { VIRGIL_CHROMIUM: installed } };
  return { reason: `there is no browser for ${process.platform} on ${process.arch}; install Chrome or Chromium` };
}
