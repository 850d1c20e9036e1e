/** Whether a name may be taken: the contract's shape, something to see, and like nobody else's. */
import { accounts } from '@virgil/contract';
import { and, inArray, ne, or } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { isVisibleName, type NameKeys, nameKeys } from './name-skeleton.ts';

/** Names that would speak for the platform. */
const RESERVED = new Set(
  ['virgil', 'admin', 'administrator', 'moderator', 'staff', 'support', 'system'].map(
    (name) => nameKeys(name).skeleton,
  ),
);

export interface AdmittedName {
  readonly name: string;
  readonly keys: NameKeys;
}

/** Parses a name; throws `invalid`. `path` is the field it came from. */
export function parseDisplayName(value: unknown, path: string): AdmittedName {
  const parsed = accounts.displayName.safeParse(value);
  const refuse = (message: string) =>
    new AppError('invalid', { detail: `The name ${message}.`, errors: [{ path, message }] });
  if (!parsed.success) throw refuse(parsed.error.issues[0]?.message ?? 'is not valid');
  const keys = nameKeys(parsed.data);
  if (!isVisibleName(parsed.data) || keys.skeleton === '') throw refuse('shows nothing');
  return { name: parsed.data, keys };
}

export function isReserved(keys: NameKeys): boolean {
  return RESERVED.has(keys.skeleton) || RESERVED.has(keys.caseless);
}

export async function isNameTaken(tx: Tx, keys: NameKeys, exceptId?: string): Promise<boolean> {
  const both = [keys.skeleton, keys.caseless];
  const alike = or(inArray(profiles.displayNameSkeleton, both), inArray(profiles.displayNameCaseless, both));
  const rows = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(exceptId === undefined ? alike : and(alike, ne(profiles.id, exceptId)))
    .limit(1);
  return rows.length > 0;
}

const LONGEST = 32;

/** The wanted name, or it with a number: for people whose name was not chosen for us, and must not be refused. */
export async function freeName(tx: Tx, wanted: string): Promise<string> {
  const characters = [
    ...wanted
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cs}]/gu, '')
      .trim(),
  ];
  const base = characters.length >= 2 && isVisibleName(characters.join('')) ? characters : [...'Newcomer'];
  for (let n = 1; ; n++) {
    const suffix = n === 1 ? '' : ` ${n}`;
    const name =
      base
        .slice(0, LONGEST - suffix.length)
        .join('')
        .trim() + suffix;
    const keys = nameKeys(name);
    if (!isReserved(keys) && !(await isNameTaken(tx, keys))) return name;
  }
}
