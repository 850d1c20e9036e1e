/**
 * The Commission's DSA Transparency Database, or whatever stands in its place: where statements of reasons are handed
 * over (Art. 24(5) DSA). The product decides when; what is sent is in the contract (`DsaStatement`).
 */
import type { DsaStatement } from '@virgil/contract';

export interface RefusedStatement {
  /** It is there already under this `puid`, from an earlier call whose answer was lost. */
  readonly isDuplicate: boolean;
  /** In the other side's words. */
  readonly problem: string;
}

export type Submission =
  | { readonly stored: true }
  /** By position in what was sent. Nothing of the call was stored. */
  | { readonly stored: false; readonly refused: ReadonlyMap<number, RefusedStatement> };

export interface DsaDatabase {
  /**
   * 1 to 100 statements, all or none. Throws `DsaDatabaseUnavailable` when there was no answer, or one about the caller
   * rather than the statements (a token that is not known, too many calls): try again later.
   */
  submit(statements: readonly DsaStatement[]): Promise<Submission>;
}

export class DsaDatabaseUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DsaDatabaseUnavailable';
  }
}
