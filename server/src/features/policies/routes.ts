import { type DmcaSettings, policies } from '@virgil/contract';
import type { Clock } from '../../clock.ts';
import { type Binding, bind } from '../../http/index.ts';
import { COMMUNITY_RULES } from './community-rules.ts';
import { COPYRIGHT } from './copyright.ts';
import { policyOn } from './policy-text.ts';
import { REPEAT_INFRINGERS } from './repeat-infringers.ts';
import { REPORTING } from './reporting.ts';

export interface PolicyDeps {
  readonly clock: Clock;
  readonly designatedAgent: () => Promise<DmcaSettings['agent']>;
}

const TEXTS = [COMMUNITY_RULES, REPORTING, COPYRIGHT, REPEAT_INFRINGERS];

export function policyRoutes({ clock, designatedAgent }: PolicyDeps): Binding[] {
  return [
    bind(policies.listPolicies, async () => {
      const today = clock.now().toISOString().slice(0, 10);
      const items = TEXTS.map((text) => policyOn(text, today));
      return { items, nextCursor: null, designatedAgent: await designatedAgent() };
    }),
  ];
}
