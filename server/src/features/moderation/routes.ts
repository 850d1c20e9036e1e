import { moderation } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { getChannelThresholds, setChannelThresholds } from './channel-thresholds.ts';
import { getClassification, setSecondOpinion, setThresholds } from './classification-settings.ts';
import type { ModerationDeps } from './deps.ts';
import { readScoreDistribution } from './score-distribution.ts';

export function moderationRoutes(deps: ModerationDeps): Binding[] {
  return [
    bind(moderation.getChannelThresholds, ({ caller, params }) => getChannelThresholds(deps, caller.actor, params.id)),
    bind(moderation.setChannelThresholds, ({ body, caller, params }) =>
      setChannelThresholds(deps, caller.actor, params.id, body),
    ),
    bind(moderation.getClassification, () => getClassification(deps)),
    bind(moderation.setThresholds, ({ body, caller }) => setThresholds(deps, caller.actor, body)),
    bind(moderation.setSecondOpinion, ({ body, caller }) => setSecondOpinion(deps, caller.actor, body)),
    bind(moderation.getScoreDistribution, () => readScoreDistribution(deps)),
  ];
}
