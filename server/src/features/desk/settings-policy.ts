/** Which settings hold: a person's own before the instance's, the instance's before the product's. */
import { desk } from '@virgil/contract';
import { z } from 'zod';

/** Stored with its version: only what was chosen. */
export const storedSettings = z
  .object({
    veil: z.boolean(),
    greyscale: z.boolean(),
    muted: z.boolean(),
    keysOn: z.boolean(),
    keys: z.record(desk.deskAct, z.string().length(1)),
    sort: z.enum(['risk', 'oldest']),
  })
  .partial();
export type StoredSettings = z.infer<typeof storedSettings>;

type Change = { readonly [K in keyof StoredSettings]?: StoredSettings[K] | undefined } & {
  readonly reset?: readonly string[] | undefined;
};

export function changed(stored: StoredSettings, { reset = [], ...change }: Change): StoredSettings {
  const kept = Object.entries(stored).filter(([name]) => !reset.includes(name));
  const chosen = Object.entries(change).filter(([, value]) => value !== undefined);
  return storedSettings.parse(Object.fromEntries([...kept, ...chosen]));
}

export function settingsFrom(...layers: readonly StoredSettings[]): desk.DeskPreferences {
  return Object.assign({}, desk.STANDARD_PREFERENCES, ...layers);
}

/** Acts that would answer to one key. Letters count alike whether they are large or small. */
export function sharedKeys(keys: desk.DeskPreferences['keys']): desk.DeskAct[] {
  const acts = Object.entries(keys) as [desk.DeskAct, string][];
  const takenBy = (key: string) => acts.filter(([, other]) => other.toLowerCase() === key.toLowerCase());
  return acts.filter(([, key]) => takenBy(key).length > 1).map(([act]) => act);
}
