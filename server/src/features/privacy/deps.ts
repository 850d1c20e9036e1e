/** What privacy needs from outside. */
import type { UserId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database, Tx } from '../../db/database.ts';

export type Row = Readonly<Record<string, unknown>>;

/** better-auth's own schema, which only its own role can read. */
export interface AuthData {
  /** `table` without its schema; column names and the condition come from the data map. */
  rows(table: string, columns: readonly string[], where: string, userId: string): Promise<Row[]>;
  count(table: string, where: string, userId: string): Promise<number>;
  /** True as well for a person without a password who writes their e-mail address. */
  isOwner(userId: string, passwordOrEmail: string): Promise<boolean>;
  /** Nobody gets in as this person any more; the address stays. May be repeated. */
  closeAccess(userId: string): Promise<void>;
  /** Everything of the person in the schema goes. May be repeated. */
  erase(userId: string): Promise<void>;
}

/** A file of a person: where it lies and what it is called in the archive. */
export interface PersonalFile {
  readonly path: string;
  readonly name: string;
  /** By a decision: not even its owner may have it. It is in no copy. */
  readonly isWithheld?: boolean;
  /** A decision took it away: it outlives its owner's erasure, for as long as the matter may be argued. */
  readonly isEvidence?: boolean;
}

export interface PersonalFiles {
  /** Evidence whose owner was erased before then goes, rows and files. Answers how many recordings. */
  dropEvidence(tx: Tx, before: Date): Promise<number>;
  of(tx: Tx, userId: string): Promise<PersonalFile[]>;
  /** Files that are gone already are no failure. */
  erase(files: readonly PersonalFile[]): Promise<void>;
}

/** Entries of the audit log that are about the person or by them, readable; and the end of their key. */
export interface AuditOfPerson {
  entriesOf(userId: string): Promise<readonly Row[]>;
  /** Kept for a case of law and read by nobody until then. */
  holdKey(tx: Tx, userId: string, until: Date): Promise<unknown>;
  /** From then on nothing sealed for this person can be read, in any copy. */
  destroyKey(tx: Tx, userId: string, at: Date): Promise<void>;
}

export interface PrivacyDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly auth: AuthData;
  readonly files: PersonalFiles;
  readonly audit: AuditOfPerson;
  /** Where archives lie until they expire. */
  readonly archiveFolder: string;
  /** Subscriptions and tiers of the person end, theirs and those to them. */
  readonly endSubscriptions: (tx: Tx, userId: UserId, at: Date) => Promise<void>;
}
