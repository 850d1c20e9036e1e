/** A text that a decision removed is decided on elsewhere as well: then it comes back as the other decision left it. */
import type { Tx } from '../../db/database.ts';
import type { StoredPrevious } from '../../db/schema/index.ts';
import { holdsOn, updatePrevious } from './store.ts';

type Text = Extract<StoredPrevious, { type: 'message' | 'comment' | 'direct_message' }>;
type StatusOf<Type extends Text['type']> = Extract<Text, { type: Type }>['status'];

/**
 * False when nothing holds it: then the text itself is to be changed. `next` answers null for what stays as it is. The
 * text is locked by the caller.
 */
export async function setPrevious<Type extends Text['type']>(
  tx: Tx,
  subject: { readonly type: Type; readonly id: string },
  next: (status: StatusOf<Type>) => StatusOf<Type> | null,
): Promise<boolean> {
  const holds = await holdsOn(tx, subject);
  for (const { id, previous } of holds) {
    if (previous.type !== subject.type) continue;
    // What is kept of a text is of the text's own kind.
    const status = next((previous as Text).status as StatusOf<Type>);
    if (status !== null) await updatePrevious(tx, id, { ...previous, status } as StoredPrevious);
  }
  return holds.length > 0;
}
