import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LEASE_MAX_MS, type MediaResource, MediaTokens, TOKEN_LIFE_MS } from './tokens.ts';

const key = new Uint8Array(32).fill(7);
const stream: MediaResource = { kind: 'stream', id: 'stream-1' };
const otherStream: MediaResource = { kind: 'stream', id: 'stream-2' };
const yes = vi.fn(async () => true);
const no = vi.fn(async () => false);

let nowMs: number;
let tokens: MediaTokens;
beforeEach(() => {
  nowMs = 1_800_000_000_000;
  tokens = new MediaTokens(key, () => nowMs);
  vi.clearAllMocks();
});

const mint = async (resource = stream): Promise<string> => (await tokens.mint('anna', 'patron', resource)).token;

describe('a media token', () => {
  test('opens its stream and says who watches as what', async () => {
    const grant = await tokens.open(await mint(), stream, no);
    expect(grant).toMatchObject({ sub: 'anna', role: 'patron', resource: stream });
  });

  test('opens no other stream, and no recording with the same id', async () => {
    const token = await mint();
    expect(await tokens.open(token, otherStream, yes)).toBeNull();
    expect(await tokens.open(token, { kind: 'video', id: 'stream-1' }, yes)).toBeNull();
  });

  test('is refused when another key signed it, when it was changed, or when it is no token at all', async () => {
    const foreign = (await new MediaTokens(new Uint8Array(32).fill(8)).mint('anna', 'owner', stream)).token;
    const [head, , signature] = (await mint()).split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'anna', stream: 'stream-1', exp: 9e9 })).toString('base64url');
    for (const bad of [foreign, `${head}.${forged}.${signature}`, `${head}.${forged}.`, '', 'a.b.c', '😀']) {
      expect(await tokens.open(bad, stream, yes)).toBeNull();
    }
  });

  test('is dead after its life when nobody used it', async () => {
    const token = await mint();
    nowMs += TOKEN_LIFE_MS;
    expect(await tokens.open(token, stream, yes)).toBeNull();
    expect(yes).not.toHaveBeenCalled();
  });

  test('goes on for a player that keeps reading, while the person may still watch', async () => {
    const token = await mint();
    for (let read = 0; read < 60; read++) {
      expect(await tokens.open(token, stream, yes)).not.toBeNull();
      nowMs += 10_000;
    }
    expect(yes.mock.calls.length).toBeGreaterThan(5);
    expect(yes.mock.calls.length).toBeLessThan(12);
  });

  test('ends within one life for a reader whose patronage lapsed without anybody being told', async () => {
    const token = await mint();
    let allowed = true;
    const ask = async () => allowed;
    for (let read = 0; read < 30; read++) {
      await tokens.open(token, stream, ask);
      nowMs += 5000;
    }
    allowed = false;
    let lostAfterMs = 0;
    while ((await tokens.open(token, stream, ask)) !== null) {
      nowMs += 5000;
      lostAfterMs += 5000;
    }
    expect(lostAfterMs).toBeLessThanOrEqual(TOKEN_LIFE_MS);
    allowed = true;
    expect(await tokens.open(token, stream, ask)).toBeNull();
  });

  test('does not come back after a pause longer than its life', async () => {
    const token = await mint();
    await tokens.open(token, stream, yes);
    nowMs += TOKEN_LIFE_MS + 1;
    expect(await tokens.open(token, stream, yes)).toBeNull();
  });

  test('must be replaced after twelve hours of reading', async () => {
    const token = await mint();
    const startMs = nowMs;
    while ((await tokens.open(token, stream, yes)) !== null) nowMs += 60_000;
    expect(nowMs - startMs).toBeGreaterThan(LEASE_MAX_MS);
    expect(nowMs - startMs).toBeLessThan(LEASE_MAX_MS + TOKEN_LIFE_MS);
  });
});

describe('denying someone', () => {
  test('kills tokens and leases at once, and only theirs', async () => {
    const used = await mint();
    const unused = await mint();
    const bertas = (await tokens.mint('berta', 'patron', stream)).token;
    await tokens.open(used, stream, yes);
    tokens.deny('anna');
    expect(await tokens.open(used, stream, yes)).toBeNull();
    expect(await tokens.open(unused, stream, yes)).toBeNull();
    expect(await tokens.open(bertas, stream, yes)).not.toBeNull();
  });

  test('on one stream leaves their tokens for another', async () => {
    const here = await mint(stream);
    const there = await mint(otherStream);
    tokens.deny('anna', stream);
    expect(await tokens.open(here, stream, yes)).toBeNull();
    expect(await tokens.open(there, otherStream, yes)).not.toBeNull();
  });

  test('does not touch a token given to them later', async () => {
    tokens.deny('anna');
    nowMs += 1;
    expect(await tokens.open(await mint(), stream, yes)).not.toBeNull();
  });

  test('wins against a permission question that was under way', async () => {
    const token = await mint();
    await tokens.open(token, stream, yes);
    for (let read = 0; read < 3; read++) {
      nowMs += TOKEN_LIFE_MS / 2 + 1;
      const opened = await tokens.open(token, stream, async () => {
        if (read === 2) tokens.deny('anna');
        return true;
      });
      expect(opened === null).toBe(read === 2);
    }
  });
});
