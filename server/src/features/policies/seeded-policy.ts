import type { PolicyContent } from '@virgil/contract';

/** What the software brings along: the first version of a policy. From then on the database has the say. */
export interface SeededPolicy {
  readonly id: string;
  /** A day of the calendar, in UTC. */
  readonly effectiveFrom: string;
  readonly content: PolicyContent;
}
