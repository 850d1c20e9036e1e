/** What people want by e-mail, said by themselves or by the link in a letter. */
import type { BodyOf, mails as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { MailDeps } from './deps.ts';
import { forgetRefusal, readPreferences, storeUnsubscribed, storeWanted } from './store.ts';

export async function getMailSettings(deps: MailDeps, actor: Actor): Promise<contract.MailSettings> {
  const { userId } = personOfActor(actor);
  const address = await deps.addressOf(userId);
  const kept = await deps.database.asActor(actor, (tx) => readPreferences(tx, userId));
  // Of an address that one has no more it does not matter.
  const isRefused = kept !== null && kept.refusedAddress !== null && kept.refusedAddress === address?.address;
  return {
    isOn: deps.sendLetter !== null,
    address: address?.address ?? null,
    isVerified: address?.isVerified ?? false,
    notices: kept?.notices ?? 'decisions',
    refused: isRefused ? { at: kept.refusedAt?.toISOString() ?? '', because: kept.refusedBecause ?? '' } : null,
  };
}

export async function updateMailSettings(
  deps: MailDeps,
  actor: Actor,
  { notices, tryAgain }: BodyOf<typeof contract.updateMailSettings>,
): Promise<contract.MailSettings> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  await deps.database.asActor(actor, async (tx) => {
    if (notices !== undefined) await storeWanted(tx, { userId, notices, at });
    if (tryAgain === true) await forgetRefusal(tx, userId, at);
  });
  return getMailSettings(deps, actor);
}

export async function unsubscribe(deps: MailDeps, token: string): Promise<{ notices: contract.MailedNotices }> {
  const userId = deps.tokens.userOf(token);
  if (userId === null) throw new AppError('not_found');
  const at = deps.clock.now();
  const notices = await deps.database.asSystem('the link in a letter ends letters', (tx) =>
    storeUnsubscribed(tx, userId, at),
  );
  if (notices === null) throw new AppError('not_found');
  return { notices };
}
