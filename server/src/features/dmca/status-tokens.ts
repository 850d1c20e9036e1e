/**
 * The secret of a claimant's status link. It is made from the notice's id and a secret of this instance, so that later
 * letters can name the link again although the database holds only its hash.
 */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export class StatusTokens {
  readonly #key: Buffer;

  /** `secret`: 256 bits as text, of the data folder. */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'virgil dmca status link', 32));
  }

  tokenOf(noticeId: string): string {
    return createHmac('sha256', this.#key).update(noticeId).digest('base64url');
  }

  hashOf(token: string): string {
    return createHash('sha256').update(token).digest('hex');
  }

  matches(token: string, storedHash: string): boolean {
    const [given, stored] = [Buffer.from(this.hashOf(token)), Buffer.from(storedHash)];
    return given.length === stored.length && timingSafeEqual(given, stored);
  }
}
