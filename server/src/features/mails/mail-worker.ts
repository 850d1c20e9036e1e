/**
 * Hands letters to the mail server, apart from the jobs: a slow server must not keep a ban from ending. Who hands one
 * over holds a lease on it, so that no two nodes send it. A process that dies between the server's "kept" and our note
 * of it sends that one letter again once the lease is over, under the same Message-ID: at least once, see
 * docs/decisions/notices-by-mail.md.
 */
import { Counter, type Registry } from 'prom-client';
import { readFailure } from './attempt.ts';
import type { MailDeps } from './deps.ts';
import { type Attempt, mayMail, nextTry } from './policy.ts';
import { renderNotice } from './render-notice.ts';
import {
  type ClaimedLetter,
  claimLetter,
  type LetterOutcome,
  nextLetterAt,
  readLetter,
  storeOutcome,
  storeRefusal,
} from './store.ts';

/** Real time, and longer than the mailer's own limits. */
const LEASE_MS = 120_000;
const AT_ONCE = 3;
/** Also what another node queued, or left when it died, is looked for. */
const LONGEST_WAIT_MS = 15_000;

type Sending = MailDeps & { readonly sendLetter: NonNullable<MailDeps['sendLetter']> };

export class MailWorker {
  readonly #deps: Sending;
  readonly #sent: Counter<'result'>;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: Sending, registry: Registry) {
    this.#deps = deps;
    this.#sent = new Counter({
      name: 'virgil_notice_mails_total',
      help: 'Attempts to send notices by e-mail, by result',
      labelNames: ['result'],
      registers: [registry],
    });
  }

  /** Looks for letters that are due; while some are being sent, once more after them. */
  wake(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      void this.#waitForNext();
    });
  }

  /** What is being sent is finished; nothing new is begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working;
    clearTimeout(this.#timer);
  }

  /** For tests: every letter that was due was tried. */
  async settle(): Promise<void> {
    this.wake();
    while (this.#working !== undefined) await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, () => this.#sendAll()));
      } catch (error) {
        // Everything is still in the table; the next look is a moment away.
        this.#deps.logger.warn({ err: error }, 'notices could not be sent by e-mail');
      }
    }
  }

  async #waitForNext(): Promise<void> {
    if (this.#stopped) return;
    let waitMs = LONGEST_WAIT_MS;
    try {
      const next = await this.#deps.database.asSystem('when is the next letter due', nextLetterAt);
      if (next !== null) waitMs = next.getTime() - this.#deps.clock.now().getTime();
    } catch {
      // Asked again after the longest wait.
    }
    if (this.#stopped || this.#working !== undefined) return;
    clearTimeout(this.#timer);
    // One that another holds a lease on is due all the time: not faster than once a second.
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(waitMs, 1_000), LONGEST_WAIT_MS));
  }

  async #sendAll(): Promise<void> {
    while (!this.#stopped) {
      const claimed = await this.#deps.database.asSystem('take a letter to send', (tx) => {
        const realNow = new Date();
        const leaseUntil = new Date(realNow.getTime() + LEASE_MS);
        return claimLetter(tx, { now: this.#deps.clock.now(), realNow, leaseUntil });
      });
      if (claimed === null) return;
      await this.#sendOne(claimed);
    }
  }

  async #sendOne(claimed: ClaimedLetter): Promise<void> {
    const { addressOf, clock, database, logger } = this.#deps;
    const letter = await database.asSystem('read a letter to send', (tx) => readLetter(tx, claimed.notificationId));
    const address = await addressOf(claimed.userId);
    const verdict =
      letter === null
        ? ({ send: false, because: 'no_address' } as const)
        : mayMail({ ...letter, wanted: letter.wanted ?? 'decisions', address });
    if (!verdict.send || letter === null) {
      const problem = verdict.send ? null : verdict.because;
      await this.#note(claimed, { state: 'not_wanted', problem, at: clock.now() }, null);
      return;
    }
    const attempt = await this.#hand(verdict.to, claimed.userId, letter);
    this.#sent.inc({ result: attempt.result });
    const at = clock.now();
    if (attempt.result === 'failed') {
      const nextTryAt = nextTry({ attempts: claimed.attempts, createdAt: claimed.createdAt, now: at });
      // Servers repeat the address in what they answer; a log is no place for it.
      const problem = attempt.problem.replace(/\S+@\S+/g, '[address]');
      const facts = { notice: claimed.notificationId, attempts: claimed.attempts, problem };
      if (nextTryAt === null) logger.error(facts, 'a notice could not be sent by e-mail and was given up');
      else logger.warn(facts, 'a notice could not be sent by e-mail and will be tried again');
      const waits = nextTryAt !== null;
      const outcome: LetterOutcome = {
        state: waits ? 'waiting' : 'given_up',
        problem: attempt.problem,
        at,
        ...(waits ? { nextTryAt } : {}),
      };
      await this.#note(claimed, outcome, null);
      return;
    }
    if (attempt.result === 'sent') {
      await this.#note(claimed, { state: 'sent', problem: null, at }, null);
      return;
    }
    const refusal = attempt.of === 'address' ? { address: verdict.to, because: attempt.problem } : null;
    await this.#note(claimed, { state: 'refused', problem: attempt.problem, at }, refusal);
  }

  async #hand(
    to: string,
    userId: string,
    letter: NonNullable<Awaited<ReturnType<typeof readLetter>>>,
  ): Promise<Attempt> {
    const { publicUrl, sendLetter, tokens } = this.#deps;
    const token = tokens.tokenOf(userId);
    const unsubscribe =
      letter.topic === 'decisions'
        ? null
        : { page: `${publicUrl}/unsubscribe?token=${token}`, oneClick: `${publicUrl}/mail/unsubscribe/${token}` };
    const rendered = renderNotice(letter, { language: letter.language, publicUrl, unsubscribe });
    try {
      await sendLetter({ to, ...rendered });
      return { result: 'sent' };
    } catch (error) {
      return readFailure(error);
    }
  }

  async #note(
    { notificationId, userId }: ClaimedLetter,
    outcome: LetterOutcome,
    refusal: { readonly address: string; readonly because: string } | null,
  ): Promise<void> {
    await this.#deps.database.asSystem('note what became of a letter', async (tx) => {
      await storeOutcome(tx, notificationId, outcome);
      if (refusal !== null) await storeRefusal(tx, { userId, ...refusal, at: outcome.at });
    });
  }
}
