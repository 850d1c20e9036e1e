/** Whether a name may be taken: the contract's shape, something to see, and like nobody else's. */
import { accounts } from '@virgil/contract';
import { and, eq, ne } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { isVisibleName, nameSkeleton } from './name-skeleton.ts';

/** Names that would speak for the platform. */
const RESERVED = new Set(
  ['virgil', 'admin', 'administrator', 'moderator', 'staff', 'support', 'system'].map(nameSkeleton),
);

export interface AdmittedName {
  readonly name: string;
  readonly skeleton: string;
}

/** Parses a name; throws `invalid`. `path` is the field it came from. */
export function parseDisplayName(value: unknown, path: string): AdmittedName {
  const parsed = accounts.displayName.safeParse(value);
  const refuse = (message: string) =>
    new AppError('invalid', { detail: `The name ${message}.`, errors: [{ path, message }] });
  if (!parsed.success) throw refuse(parsed.error.issues[0]?.message ?? 'is not valid');
  const skeleton = nameSkeleton(parsed.data);
  if (!isVisibleName(parsed.data) || skeleton === '') throw refuse('shows nothing');
  return { name: parsed.data, skeleton };
}

export function isReserved(skeleton: string): boolean {
  return RESERVED.has(skeleton);
}

export async function isNameTaken(tx: Tx, skeleton: string, exceptId?: string): Promise<boolean> {
  const rows = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(
      exceptId === undefined
        ? eq(profiles.displayNameSkeleton, skeleton)
        : and(eq(profiles.displayNameSkeleton, skeleton), ne(profiles.id, exceptId)),
    )
    .limit(1);
  return rows.length > 0;
}
