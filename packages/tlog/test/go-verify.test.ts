/** What this package writes, read by programs that others wrote: golang.org/x/mod/sumdb and transparency-dev/merkle. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildGoVerifier, type GoVerdict, type GoVerifier } from '../go-verify/go-verifier.ts';
import { MadeLog, tamperings } from './kit/made-log.ts';

const built = await buildGoVerifier();
const missing = typeof built === 'function' ? null : built.missing;
if (missing !== null) console.warn(`skipped, the independent verification in Go: ${missing}`);

describe.skipIf(missing !== null)('independent programs in Go', () => {
  const log = new MadeLog().grow(0);
  for (const count of [1, 1, 3, 250, 1, 1, 255, 1, 500, 487]) log.grow(count);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tlog-go-'));
    await writeFile(path.join(folder, 'checkpoints.json'), JSON.stringify(log.notes));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function verify(shown: MadeLog): Promise<GoVerdict> {
    await shown.writeTo(path.join(folder, 'log'));
    return (built as GoVerifier)({
      log: path.join(folder, 'log'),
      keys: [log.key.verifier],
      checkpoints: path.join(folder, 'checkpoints.json'),
    });
  }

  test('prove every entry and every pair of consecutive checkpoints', async () => {
    expect(await verify(log)).toEqual({ entries: 1_500, pairs: log.notes.length, size: 1_500, problems: [] });
  });

  test('go on proving after the log has grown', async () => {
    const grown = new MadeLog(log.key).add(log.entries).grow(70_000 - 1_500);
    expect(await verify(grown)).toMatchObject({ entries: 70_000, pairs: log.notes.length, problems: [] });
  });

  test.each(Object.entries(tamperings))('find that entries were %s, signed anew or not', async (_, tamper) => {
    for (const withKey of [true, false]) {
      const { problems } = await verify(log.rebuilt(tamper, withKey));
      expect(problems.length, `with the key: ${withKey}`).toBeGreaterThan(0);
    }
  });

  test('find a fork that grew on', async () => {
    expect((await verify(log.rebuilt(tamperings.edited, true).grow(40))).problems).not.toEqual([]);
  });
});
