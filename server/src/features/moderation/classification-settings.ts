/** What an admin sees of the scoring of texts, and decides about it for the whole platform. */
import type { BodyOf, moderation as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { OPENAI_MODEL, readSwitch, writeSwitch } from '../classification/index.ts';
import type { ModerationDeps } from './deps.ts';
import { DEFAULT_THRESHOLDS } from './policy.ts';
import { signalThresholds } from './thresholds-in-force.ts';
import { readPlatformThresholds, writePlatformThresholds } from './thresholds-store.ts';

const SETTINGS = 'settings of the platform belong to no person';

export async function getClassification(deps: ModerationDeps): Promise<contract.ClassificationState> {
  const { clock, database, scoring, second, secondHost } = deps;
  const stored = await database.asSystem(SETTINGS, async (tx) => ({
    thresholds: await readPlatformThresholds(tx),
    isOn: await readSwitch(tx),
  }));
  const { classifier: name, isFailing, rulesOnly, version } = scoring.state();
  const state = second?.state();
  const isOn = stored.isOn && second !== null;
  const triedAgainInMs = state?.remainingMs ?? null;
  return {
    classifier: { name, version, isFailing },
    rulesOnly,
    secondOpinion: {
      isConfigured: second !== null,
      isOn,
      model: OPENAI_MODEL,
      host: secondHost,
      breaker: isOn ? (state?.breaker ?? null) : null,
      problem: isOn ? (state?.problem ?? null) : null,
      triedAgainAt:
        isOn && triedAgainInMs !== null ? new Date(clock.now().getTime() + triedAgainInMs).toISOString() : null,
      counts: state?.counts ?? { answered: 0, failed: 0, skipped: 0 },
    },
    thresholds: stored.thresholds,
    defaults: DEFAULT_THRESHOLDS,
  };
}

export async function setThresholds(
  deps: ModerationDeps,
  actor: Actor,
  wished: BodyOf<typeof contract.setThresholds>,
): Promise<contract.ClassificationState> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  await deps.database.asSystem(SETTINGS, async (tx) => {
    const before = await readPlatformThresholds(tx);
    if (before.hold === wished.hold && before.block === wished.block) return;
    await writePlatformThresholds(tx, wished, at);
    await recordAudit(tx, {
      type: 'MODERATION_THRESHOLDS_CHANGED',
      entity: 'instance',
      entityId: 'moderation',
      actorId: userId,
      at,
      details: { hold: wished.hold, block: wished.block, before },
    });
    await signalThresholds(tx, null);
  });
  deps.inForce.forget();
  return getClassification(deps);
}

export async function setSecondOpinion(
  deps: ModerationDeps,
  actor: Actor,
  { isOn }: BodyOf<typeof contract.setSecondOpinion>,
): Promise<contract.ClassificationState> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  if (isOn && deps.second === null) {
    const detail = 'OPENAI_API_KEY is not set on this instance.';
    throw new AppError('invalid', { detail, errors: [{ path: 'isOn', message: 'needs OPENAI_API_KEY' }] });
  }
  await deps.database.asSystem(SETTINGS, async (tx) => {
    if ((await readSwitch(tx)) === isOn) return;
    await writeSwitch(tx, isOn, at);
    await recordAudit(tx, {
      type: 'SECOND_OPINION_SWITCHED',
      entity: 'instance',
      entityId: 'moderation',
      actorId: userId,
      at,
      details: { isOn, host: deps.secondHost, model: OPENAI_MODEL },
    });
  });
  if (isOn) deps.second?.reset();
  await deps.renewSwitch();
  return getClassification(deps);
}
