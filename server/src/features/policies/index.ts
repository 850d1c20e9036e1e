/** The door of policies. */
export {
  listRules,
  type OfferedRule,
  type ResolvedReference,
  resolvePolicyReference,
  ruleAbout,
  ruleCalled,
} from './resolve-reference.ts';
export { policyRoutes } from './routes.ts';
export { seedPolicies } from './seed-policies.ts';
