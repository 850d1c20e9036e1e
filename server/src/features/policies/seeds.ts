import { COMMUNITY_RULES } from './community-rules.ts';
import { COPYRIGHT } from './copyright.ts';
import { REPEAT_INFRINGERS } from './repeat-infringers.ts';
import { REPORTING } from './reporting.ts';
import type { SeededPolicy } from './seeded-policy.ts';

/** In the order of the page. */
export const SEEDS: readonly SeededPolicy[] = [COMMUNITY_RULES, REPORTING, COPYRIGHT, REPEAT_INFRINGERS];
