import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64, madeProof, makeKey } from './made-proof.ts';
import { neighbourSides } from './proof-path.ts';
import { verifyProof } from './verify-proof.ts';

const key = await makeKey();
const stranger = await makeKey();

describe('a proof', () => {
  test('of every place in every tree holds, also with a checkpoint seen before', async () => {
    const places = fc
      .integer({ min: 1, max: 70 })
      .chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size), fc.integer({ min: 1, max: size })));
    await fc.assert(
      fc.asyncProperty(places, async ([index, size, since]) => {
        const { proof, seen, leaf } = await madeProof(key, index, size, since);
        expect(await verifyProof(leaf, proof, seen)).toMatchObject({ kind: 'proven', checked: { size, seen } });
        expect(await verifyProof(leaf, proof, null)).toMatchObject({ kind: 'proven', checked: { seen: null } });
        expect(neighbourSides(index, size)).toHaveLength(proof.hashes.length);
      }),
      { numRuns: 60 },
    );
  });

  test('says at which step it fails', async () => {
    const { proof, seen, leaf } = await madeProof(key, 5, 9, 4);
    const step = async (...change: Parameters<typeof verifyProof>) => {
      const outcome = await verifyProof(...change);
      return outcome.kind === 'refuted' ? outcome.step : outcome.kind;
    };
    const otherHashes = [proof.hashes[1] ?? '', ...proof.hashes.slice(1)];
    const forged = proof.checkpoint.replace(/.(.{20}\n)$/, (all, rest) => `${all.startsWith('A') ? 'B' : 'A'}${rest}`);
    expect(await step(`${leaf} `, proof, null)).toBe('root');
    expect(await step(leaf, { ...proof, hashes: otherHashes }, null)).toBe('root');
    expect(await step(leaf, { ...proof, hashes: proof.hashes.slice(1) }, null)).toBe('path');
    expect(await step(leaf, { ...proof, index: 9 }, null)).toBe('path');
    expect(await step(leaf, { ...proof, checkpoint: 'nothing' }, null)).toBe('root');
    expect(await step(leaf, { ...proof, keys: [stranger.verifier] }, null)).toBe('signature');
    expect(
      await step(leaf, { ...proof, checkpoint: await stranger.sign(`${proof.checkpoint.split('\n\n')[0]}\n`) }, null),
    ).toBe('signature');
    expect(await step(leaf, { ...proof, checkpoint: forged }, null)).not.toBe('proven');
    expect(await step(leaf, proof, { ...seen, root: base64(new Uint8Array(32)) })).toBe('seen');
    expect(await step(leaf, proof, { ...seen, size: 12 })).toBe('seen');
    expect(await step(leaf, { ...proof, consistency: null }, seen)).toBe('seen');
    expect(await step(leaf, proof, { ...seen, origin: 'another log' })).toBe('proven');
  });
});

test('neighbours stand where the tree of seven has them', () => {
  expect(neighbourSides(0, 7)).toEqual(['right', 'right', 'right']);
  expect(neighbourSides(5, 7)).toEqual(['left', 'right', 'left']);
  expect(neighbourSides(6, 7)).toEqual(['left', 'left']);
  expect(neighbourSides(0, 1)).toEqual([]);
});
