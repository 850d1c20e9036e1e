/** What a policy is written as: every version there has been, oldest first, in both languages. */
import type { policies } from '@virgil/contract';

interface Version {
  readonly version: number;
  /** A day of the calendar. */
  readonly effectiveFrom: string;
  readonly title: policies.Policy['title'];
  readonly summary: policies.Policy['summary'];
  readonly sections: policies.Policy['sections'];
}

export interface PolicyText {
  readonly id: string;
  readonly versions: readonly [Version, ...Version[]];
}

/** The newest version whose day has come; a version can be announced before it holds. */
export function policyOn({ id, versions }: PolicyText, today: string): policies.Policy {
  const begun = versions.filter(({ effectiveFrom }) => effectiveFrom <= today);
  const inForce = begun.at(-1) ?? versions[0];
  const earlier = begun.filter((each) => each !== inForce);
  return {
    ...inForce,
    id,
    earlier: earlier.map(({ effectiveFrom, version }) => ({ version, effectiveFrom })),
  };
}
