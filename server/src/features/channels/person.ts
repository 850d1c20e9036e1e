/** A person as others see them. */
import type { Person, UserId } from '@virgil/contract';
import { profiles } from '../../db/schema/index.ts';

export const personColumns = { id: profiles.id, displayName: profiles.displayName, avatarKey: profiles.avatarKey };

export interface PersonRow {
  readonly id: string;
  readonly displayName: string;
  readonly avatarKey: string | null;
}

export function personOf(row: PersonRow): Person {
  return {
    id: row.id as UserId,
    displayName: row.displayName,
    avatarUrl: row.avatarKey === null ? null : `/media/avatars/${row.avatarKey}`,
  };
}
