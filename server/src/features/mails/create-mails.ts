/** Puts notices by e-mail together. Without an SMTP server nothing is queued, and the settings say so. */
import type { Registry } from 'prom-client';
import type { MailDeps } from './deps.ts';
import { MailWorker } from './mail-worker.ts';
import { queueLetters } from './store.ts';

export interface Mails {
  /** Notices were delivered: those wanted by e-mail are queued, each once however often this is told. */
  queue(event: { readonly ids: readonly string[] }): Promise<void>;
  /** Looks for what is due; the product clock may have jumped. */
  wake(): void;
  /** For tests: every letter that was due was tried. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const SILENT: Mails = {
  queue: async () => undefined,
  wake: () => undefined,
  settle: async () => undefined,
  stop: async () => undefined,
};

export function createMails(deps: MailDeps, registry: Registry): Mails {
  const { sendLetter } = deps;
  if (sendLetter === null) return SILENT;
  const worker = new MailWorker({ ...deps, sendLetter }, registry);
  return {
    async queue({ ids }) {
      const at = deps.clock.now();
      const queued = await deps.database.asSystem('queue notices for e-mail', (tx) => queueLetters(tx, ids, at));
      if (queued > 0) worker.wake();
    },
    wake: () => worker.wake(),
    settle: () => worker.settle(),
    stop: () => worker.stop(),
  };
}
