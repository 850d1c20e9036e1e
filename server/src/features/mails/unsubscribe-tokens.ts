/** The secret of the link that ends letters: it names the person and proves that it came from this instance. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export class UnsubscribeTokens {
  readonly #key: Buffer;

  /** `secret`: 256 bits as text, of the data folder. */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'virgil unsubscribe link', 32));
  }

  tokenOf(userId: string): string {
    return `${userId}.${this.#proofOf(userId)}`;
  }

  /** Null: not one of ours. */
  userOf(token: string): string | null {
    const end = token.lastIndexOf('.');
    const userId = token.slice(0, end);
    const [given, own] = [Buffer.from(token.slice(end + 1)), Buffer.from(this.#proofOf(userId))];
    return end > 0 && given.length === own.length && timingSafeEqual(given, own) ? userId : null;
  }

  #proofOf(userId: string): string {
    return createHmac('sha256', this.#key).update(userId).digest('base64url');
  }
}
