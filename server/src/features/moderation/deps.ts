import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { SecondOpinion, TextScoring } from '../classification/index.ts';
import type { ThresholdsInForce } from './thresholds-in-force.ts';

export interface ModerationDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly inForce: ThresholdsInForce;
  readonly scoring: TextScoring;
  /** Null: its key is not set. */
  readonly second: SecondOpinion | null;
  /** Where texts go when it is on. */
  readonly secondHost: string;
  /** The setting was changed here: this node follows before it answers. */
  readonly renewSwitch: () => Promise<void>;
}
