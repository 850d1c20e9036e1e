/** The door of notices by e-mail. */
export { createMails, type Mails } from './create-mails.ts';
export type { MailDeps } from './deps.ts';
export { mailRoutes, registerOneClick } from './routes.ts';
export { UnsubscribeTokens } from './unsubscribe-tokens.ts';
