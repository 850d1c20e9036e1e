import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';
import { copyCheckout, giveTo } from './testing/checkout-copy.mjs';
import { endAll, run, startEnvironment } from './testing/started.mjs';

const nobody = { uid: 65_534, gid: 65_534 };
/** Needs root to become somebody else, and a checkout (its packages are shared) that others may read. */
const canActAsNobody =
  process.getuid?.() === 0 && spawnSync(process.execPath, [path.join(root, 'scripts/bench.mjs')], nobody).status === 1;

let home;
let checkout;

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'virgil scripts '));
  chmodSync(home, 0o755);
  checkout = path.join(home, 'a folder with spaces', 'Virgil');
  copyCheckout(checkout);
});
afterEach(endAll, 30_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Processes that work on a folder, by what their command lines name. */
function processesOn(folder) {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(folder) && !line.includes('ps -eo'));
}

describe('npm start in a fresh checkout', { timeout: 180_000 }, () => {
  it('builds, starts and ends in a path with spaces, and is quicker and quieter the second time', async () => {
    const env = await startEnvironment(checkout);
    const first = run(checkout, 'scripts/start.mjs', [], { env });
    await first.says('Virgil is ready');
    expect(first.said()).toContain('building the web app');
    const page = await (await fetch(`http://127.0.0.1:${env.PORT}/`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('<div id="root">');
    first.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);

    const second = run(checkout, 'scripts/start.mjs', [], { env });
    await second.says('Virgil is ready');
    expect(second.said()).not.toContain('virgil:');

    const third = run(checkout, 'scripts/start.mjs', [], { env });
    const { code, said } = await third.ended;
    expect(code).not.toBe(0);
    expect(said).toContain(`Port ${env.PORT} is taken`);

    second.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
    expect(processesOn(checkout)).toEqual([]);
  });

  it('leaves nothing behind when the script itself is killed', async () => {
    const env = await startEnvironment(checkout, 'data of the killed');
    const started = run(checkout, 'scripts/start.mjs', ['--port', env.PORT], { env: { ...env, PORT: '1' } });
    await started.says('Virgil is ready');
    started.kill('SIGKILL');
    await started.ended;
    for (let tries = 0; tries < 100 && processesOn(checkout).length > 0; tries += 1) await wait(200);
    expect(processesOn(checkout)).toEqual([]);
  });

  it.runIf(canActAsNobody)('works as a plain user too, and tells one who may not write here', async () => {
    const env = { ...(await startEnvironment(checkout, 'data of nobody')), HOME: path.join(home, 'home') };
    rmSync(path.join(checkout, 'web', 'dist'), { recursive: true, force: true });
    const refused = run(checkout, 'scripts/start.mjs', [], { env, user: nobody });
    expect(await refused.ended).toMatchObject({
      code: 1,
      said: expect.stringContaining('this user may not write there'),
    });

    mkdirSync(env.HOME);
    giveTo(home, nobody.uid, nobody.gid);
    const started = run(checkout, 'scripts/start.mjs', [], { env, user: nobody });
    await started.says('Virgil is ready');
    started.kill('SIGTERM');
    expect((await started.ended).code).toBe(0);
    expect(statSync(env.VIRGIL_DATA).uid).toBe(nobody.uid);
  });

  it('says what is wrong with an option', async () => {
    const { code, said } = await run(checkout, 'scripts/start.mjs', ['--prot', '4000']).ended;
    expect(code).toBe(1);
    expect(said).toContain('[--https] [--port N]');
  });
});

describe('preparing a checkout', { timeout: 120_000 }, () => {
  const prepare = (env = {}) => run(checkout, 'scripts/testing/prepare-once.mjs', [], { env });

  it('is done once when two start at the same time', async () => {
    rmSync(path.join(checkout, 'web', 'dist'), { recursive: true, force: true });
    const both = await Promise.all([prepare().ended, prepare().ended]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const said = both.map((each) => each.said).join('');
    expect(said.match(/building the web app …/g)).toHaveLength(1);
    expect(said).toContain('waiting for it');
  });

  it('keeps the old pages when the new ones cannot be built', async () => {
    const page = path.join(checkout, 'web', 'dist', 'index.html');
    const before = readFileSync(page, 'utf8');
    const entry = path.join(checkout, 'web', 'index.html');
    const good = readFileSync(entry, 'utf8');
    writeFileSync(entry, good.replace(/src="[^"]+\.tsx"/, 'src="/src/not-there.tsx"'));
    const { code, said } = await prepare().ended;
    expect(code).toBe(1);
    expect(said).toContain('The web app could not be built.');
    expect(readFileSync(page, 'utf8')).toBe(before);
    writeFileSync(entry, good);
  });

  it('gets a Node of its own from npm, or says that npm cannot be reached', async () => {
    const fetched = await run(checkout, 'scripts/testing/fetch-node-once.mjs').ended;
    if (fetched.code !== 0) return expect(fetched.said).toContain('The npm registry could not be reached');
    const binary = path.join(checkout, '.virgil', 'node', 'bin', 'node');
    expect(spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^v24\./);
  });

  it('says in words that there is no network', async () => {
    const npm_config_cache = path.join(home, 'empty cache');
    const env = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache };
    const { code, said } = await run(checkout, 'scripts/testing/fetch-node-once.mjs', [], { env }).ended;
    expect(code).toBe(1);
    expect(said).toContain('The npm registry could not be reached');
  });
});

describe('npm run bench', () => {
  it('names the benchmarks when asked for none', async () => {
    const { code, said } = await run(root, 'scripts/bench.mjs').ended;
    expect(code).toBe(1);
    expect(said).toContain('npm run bench <name>');
  });
});
