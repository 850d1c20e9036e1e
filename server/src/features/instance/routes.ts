/** What this instance is and offers; in test mode also its clock. */
import { instance, testing } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import type { Config } from '../../config.ts';
import type { Database, TestClock } from '../../db/index.ts';
import { profiles } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { type Binding, bind } from '../../http/index.ts';
import type { MediaCapabilities } from '../../media/engine.ts';

export interface InstanceDeps {
  readonly config: Pick<Config, 'mode' | 'twitch' | 'smtpUrl' | 'payments'>;
  readonly database: Database;
  readonly capabilities: () => MediaCapabilities;
  readonly isSetupNeeded: () => Promise<boolean>;
  /** Messages are rated by the rules alone. */
  readonly rulesOnly: () => boolean;
  /** Null outside test mode. */
  readonly testClock: TestClock | null;
  /** Runs everything that is due, and what follows from it, before it resolves. */
  readonly runDueWork: () => Promise<void>;
}

export function instanceRoutes(deps: InstanceDeps): Binding[] {
  return [
    bind(instance.getInstance, () => describeInstance(deps)),
    bind(testing.advanceClock, async ({ body }) => {
      if (deps.testClock === null) throw new AppError('not_found');
      await deps.testClock.advance(body.advanceMs);
      await deps.runDueWork();
      return { now: deps.testClock.now().toISOString() };
    }),
  ];
}

async function describeInstance(deps: InstanceDeps): Promise<instance.Instance> {
  const { thumbnails: _thumbnails, pcmTap: _pcmTap, missing, ...media } = deps.capabilities();
  return {
    name: 'Virgil',
    mode: deps.config.mode,
    setupNeeded: await deps.isSetupNeeded(),
    demo: await hasDemoPeople(deps.database),
    signIn: { twitch: deps.config.twitch !== null, passkeys: true, emailReset: deps.config.smtpUrl !== null },
    media: { ...media, missing: [...missing] },
    payments: deps.config.payments !== null,
    testMoney: deps.config.payments?.provider === 'sandbox',
    rulesOnly: deps.rulesOnly(),
  };
}

async function hasDemoPeople(database: Database): Promise<boolean> {
  const rows = await database.publicRead((db) =>
    db.select({ id: profiles.id }).from(profiles).where(eq(profiles.isDemo, true)).limit(1),
  );
  return rows.length > 0;
}
