/** The door of rights notices. */
export type { DmcaDeps, Letter } from './deps.ts';
export { EvidenceSeal } from './evidence-seal.ts';
export { followLiftedStrike } from './follow-strikes.ts';
export { dmcaJobs } from './jobs.ts';
export { getDmcaSettings } from './manage-settings.ts';
export { dmcaRoutes } from './routes.ts';
export { StatusTokens } from './status-tokens.ts';
