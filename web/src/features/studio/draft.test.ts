import { describe, expect, it } from 'vitest';
import { emptyDraft, parseDraft } from './draft.ts';

describe('the draft of a stream', () => {
  it('comes back as it was left', () => {
    const draft = { ...emptyDraft, title: 'Open table', danteRealm: 'inferno' as const, patronOnly: true };
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
  });
  it('is none when what was stored is not a draft', () => {
    for (const text of [null, '', 'nonsense', '[]', '{"title":1}', '{"title":"x","danteRealm":"limbo"}'])
      expect(parseDraft(text)).toBeNull();
  });
});
