/** Notices by e-mail, where the instance sends e-mail at all. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { instant } from './primitives.ts';

/**
 * `all`: every notice. `decisions`: what is decided about the person, the default. `required`: of those only what the
 * law wants told: statements of reasons, the outcome of appeals, notices of claimed infringement.
 */
export const mailedNotices = z.enum(['all', 'decisions', 'required']);
export type MailedNotices = z.infer<typeof mailedNotices>;

export const mailSettings = z.object({
  /** The instance has a server to send with. */
  isOn: z.boolean(),
  address: z.string().nullable(),
  /** Only to an address that was confirmed. */
  isVerified: z.boolean(),
  notices: mailedNotices,
  /** The address refused a letter for good: nothing goes there until its owner says so, or has another. */
  refused: z.object({ at: instant, because: z.string() }).nullable(),
});
export type MailSettings = z.infer<typeof mailSettings>;

export const getMailSettings = operation({
  id: 'me.mail.get',
  method: 'GET',
  path: '/api/v1/me/mail',
  who: 'signed-in',
  scope: 'account',
  summary: 'Which of the signed-in person’s notices go out by e-mail, and whether they arrive.',
  openToBanned: true,
  output: mailSettings,
  errors: ['sign_in_required'],
});

export const updateMailSettings = operation({
  id: 'me.mail.update',
  method: 'PATCH',
  path: '/api/v1/me/mail',
  who: 'signed-in',
  scope: 'account',
  summary: 'Choose which notices go out by e-mail; `tryAgain` sends to an address that refused letters before.',
  openToBanned: true,
  body: z.strictObject({ notices: mailedNotices.optional(), tryAgain: z.literal(true).optional() }),
  output: mailSettings,
  audit: { none: 'which e-mail one wants is nobody else’s business' },
  errors: ['sign_in_required'],
});

export const unsubscribe = operation({
  id: 'mail.unsubscribe',
  method: 'POST',
  path: '/api/v1/mail/unsubscribe',
  who: 'anyone',
  scope: 'account',
  summary: 'The link in an e-mail: from now on decisions alone come by e-mail.',
  openToBanned: true,
  query: z.strictObject({ token: z.string().min(1).max(200) }),
  output: z.object({ notices: mailedNotices }),
  audit: { none: 'which e-mail one wants is nobody else’s business' },
  errors: ['not_found'],
});
