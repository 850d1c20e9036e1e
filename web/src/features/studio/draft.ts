/** The draft of the next stream: kept on this device, so that a refused start or a closed tab loses nothing. */
import { realm } from '@virgil/contract';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { Draft } from './stream-form.tsx';

const KEY = 'virgil.studio.draft.v1';

const stored = z.object({
  title: z.string(),
  description: z.string(),
  category: z.string(),
  danteRealm: realm,
  patronOnly: z.boolean(),
});

export const emptyDraft: Draft = {
  title: '',
  description: '',
  category: '',
  danteRealm: 'purgatorio',
  patronOnly: false,
};

export function parseDraft(text: string | null): Draft | null {
  if (!text) return null;
  try {
    const parsed = stored.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Someone else's words under our key: as good as none.
    return null;
  }
}

export function useDraft(): [Draft, (draft: Draft) => void, boolean] {
  const [initial] = useState(() => parseDraft(localStorage.getItem(KEY)));
  const [draft, setDraft] = useState<Draft>(initial ?? emptyDraft);
  useEffect(() => localStorage.setItem(KEY, JSON.stringify(draft)), [draft]);
  return [draft, setDraft, initial !== null];
}
