import { describe, expect, test } from 'vitest';
import { EvidenceSeal, sha256Of } from './evidence-seal.ts';
import { StatusTokens } from './status-tokens.ts';

const seal = new EvidenceSeal('one secret');
const content = { version: 1, notice: { claimant: { name: 'Rita Holder ☂' } } };

describe('sealed evidence', () => {
  test('opens to what it was, and its hash is of the sealed bytes', () => {
    const { sealed, sha256 } = seal.seal(content, 'notice 1');
    expect(seal.open(sealed, 'notice 1')).toEqual(content);
    expect(sha256).toBe(sha256Of(sealed));
    expect(sealed.toString('latin1')).not.toContain('Rita');
  });

  test('is different each time, so that equal contents cannot be told', () => {
    expect(seal.seal(content, 'x').sha256).not.toBe(seal.seal(content, 'x').sha256);
  });

  test('does not open elsewhere, with another secret, or when any byte was changed', () => {
    const { sealed } = seal.seal(content, 'notice 1');
    expect(() => seal.open(sealed, 'notice 2')).toThrow();
    expect(() => new EvidenceSeal('another secret').open(sealed, 'notice 1')).toThrow();
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => seal.open(changed, 'notice 1')).toThrow();
    }
  });
});

describe('the secret of a status link', () => {
  const tokens = new StatusTokens('one secret');

  test('is the same for a notice on every day, and another for every notice and instance', () => {
    expect(tokens.tokenOf('a')).toBe(tokens.tokenOf('a'));
    const all = [tokens.tokenOf('a'), tokens.tokenOf('b'), new StatusTokens('another').tokenOf('a')];
    expect(new Set(all).size).toBe(3);
    expect(tokens.tokenOf('a')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('is known by its hash alone', () => {
    const stored = tokens.hashOf(tokens.tokenOf('a'));
    expect(tokens.matches(tokens.tokenOf('a'), stored)).toBe(true);
    for (const wrong of [tokens.tokenOf('b'), '', stored, 'ä']) expect(tokens.matches(wrong, stored)).toBe(false);
  });
});
