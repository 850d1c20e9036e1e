/** Whether what the database holds continues what was published. If not, somebody would be shown two histories. */
import { type ReadTile, sameHash, type TreeHead, TreeReader } from 'virgil-tlog';
import type { Published } from './published.ts';

/** Why the log takes no new entries; each needs a person. */
export type Refusal =
  /** The database is older than what was published, or another one: it was restored. */
  | { readonly reason: 'restored'; readonly publishedSize: number; readonly localSize: number }
  /** Entries below the published size are not those that were published. */
  | { readonly reason: 'changed'; readonly publishedSize: number; readonly localSize: number }
  /** The data folder does not know what was published, but the database holds entries. */
  | { readonly reason: 'published_unknown'; readonly localSize: number }
  /** The data folder has no key of the log in the database. */
  | { readonly reason: 'key_missing'; readonly localSize: number }
  /** A witness has seen more than this server knows of. */
  | { readonly reason: 'witness_ahead'; readonly publishedSize: number; readonly localSize: number }
  /** What was published does not continue what a witness has signed. */
  | { readonly reason: 'witness_forked'; readonly publishedSize: number; readonly localSize: number };

export async function refusalFor(
  local: { readonly log: number; readonly head: TreeHead; readonly read: ReadTile },
  published: Published | null,
): Promise<Refusal | null> {
  const localSize = local.head.size;
  if (published === null) return localSize === 0 ? null : { reason: 'published_unknown', localSize };
  const publishedSize = published.size;
  if (published.log !== local.log || publishedSize > localSize) return { reason: 'restored', publishedSize, localSize };
  if (publishedSize === 0) return null;
  const root = await new TreeReader(publishedSize, local.read).root().catch(() => null);
  const isSame = root !== null && sameHash(root, Buffer.from(published.root, 'base64'));
  return isSame ? null : { reason: 'changed', publishedSize, localSize };
}
