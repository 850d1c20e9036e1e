/** A ready copy of someone's data and a legal hold, for the tests that try every operation. */
import { privacy } from '@virgil/contract';
import type { SignedIn } from './client.ts';

export interface PersonalDataIds {
  /** The user's, ready to be downloaded. */
  readonly exportId: string;
  readonly holdId: string;
}

export async function makePersonalData(user: SignedIn, admin: SignedIn, heldId: string): Promise<PersonalDataIds> {
  const asked = await user.call(privacy.requestExport);
  let copy = asked;
  while (copy.status === 'preparing') {
    await new Promise((resolve) => setTimeout(resolve, 20));
    copy = await user.call(privacy.getExport, { params: { id: asked.id } });
  }
  const hold = await admin.call(privacy.placeHold, {
    params: { id: heldId as SignedIn['id'] },
    body: {
      caseReference: '4 O 17/26',
      authority: 'A court',
      reason: 'A claim',
      expiresAt: new Date(new Date(asked.requestedAt).getTime() + 86_400_000).toISOString(),
    },
  });
  return { exportId: copy.id, holdId: hold.id };
}
