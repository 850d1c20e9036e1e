import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { HeldContents } from '../review/index.ts';
import type { ScreenshotStore } from './screenshot-store.ts';

export interface AppealDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly screenshots: ScreenshotStore;
  /** Texts of every source: what an accepted appeal lets be read again. */
  readonly heldContents: HeldContents;
}
