/** Everything that is decided about people and what they made: reports, notices of rights, strikes, penalties, appeals. */
import path from 'node:path';
import type { UserId } from '@virgil/contract';
import type { Actor } from '../actor.ts';
import { dataSecret } from '../data-secret.ts';
import { httpDsaDatabase } from '../dsa-database/index.ts';
import type { AccountsDoor, Mailer } from '../features/accounts/index.ts';
import {
  appealJobs,
  appealReactions,
  appealRoutes,
  createScreenshotStore,
  keyOfScreenshot,
  showAppealChange,
} from '../features/appeals/index.ts';
import {
  type DmcaDeps,
  dmcaJobs,
  dmcaRoutes,
  EvidenceSeal,
  followLiftedStrike,
  getDmcaSettings,
  StatusTokens,
} from '../features/dmca/index.ts';
import { dossierRoutes } from '../features/dossiers/index.ts';
import { closeAccounts, penaltyJobs, penaltyRoutes } from '../features/penalties/index.ts';
import { policyRoutes, seedPolicies } from '../features/policies/index.ts';
import { reportRoutes, reportsOfItems, strikeLifted } from '../features/reports/index.ts';
import { followStaff, reviewRoutes } from '../features/review/index.ts';
import { followSanctions, type SanctionDeps, sanctionJobs } from '../features/sanctions/index.ts';
import { statementJobs, statementRoutes } from '../features/statements/index.ts';
import { strikeJobs, strikeRoutes } from '../features/strikes/index.ts';
import { transparencyRoutes } from '../features/transparency/index.ts';
import { getVideo, type VideoDeps } from '../features/videos/index.ts';
import type { Realtime } from '../realtime/index.ts';
import type { DecisionReactions } from '../subscriptions.ts';
import type { Ground } from './ground.ts';
import { heldContents } from './held-contents.ts';

export interface Concerned {
  readonly accounts: AccountsDoor;
  readonly mailer: Mailer | null;
  readonly realtime: Realtime;
  readonly videoDeps: VideoDeps;
  readonly revokeViewer: (identity: string) => Promise<void>;
  readonly endLivestreamOf: (userId: UserId) => Promise<void>;
  /** What somebody may do in the chats of a channel is another now. */
  readonly followPerson: SanctionDeps['followPerson'];
  /** The same of its media. */
  readonly followMedia: SanctionDeps['followMedia'];
}

export async function createDecisions(ground: Ground, concerned: Concerned) {
  const { clock, config, database, logger } = ground;
  const { accounts, endLivestreamOf, mailer, realtime, revokeViewer, videoDeps } = concerned;
  await seedPolicies(database);
  const dmcaSecret = await dataSecret(config.dataFolder, 'dmca-secret');
  const dmcaDeps: DmcaDeps = {
    database,
    clock,
    logger,
    publicUrl: () => ground.publicUrl,
    tokens: new StatusTokens(dmcaSecret),
    seal: new EvidenceSeal(dmcaSecret),
    pathOfVideoFile: (key) => videoDeps.files.pathOf(key),
    sendLetter: mailer === null ? null : (letter) => mailer.sendLetter(letter),
  };
  /** Whoever is kept out: what they have open ends on every node. */
  const closing = closeAccounts({ database, clock, realtime, revokeViewer, endLivestreamOf });
  /** Timeouts and channel bans are felt on every node. */
  const sanctions = followSanctions({
    database,
    followPerson: concerned.followPerson,
    followMedia: concerned.followMedia,
  });
  const dsaDatabase = config.dsaDatabase === null ? null : httpDsaDatabase(config.dsaDatabase);

  const screenshots = createScreenshotStore(path.join(config.dataFolder, 'appeals'));

  const reactions: DecisionReactions = {
    accounts: closing,
    sanctionChanged: sanctions.changed,
    appeals: appealReactions({ database }),
    appealChanged: (event) => showAppealChange({ database, clock, realtime }, event),
    dmcaStrikeLifted: (event) => followLiftedStrike(dmcaDeps, event),
    reportStrikeLifted: (event) => strikeLifted(database, event),
    staffChanged: (event) => followStaff({ database, clock }, event),
  };
  const designatedAgent = async () => (await getDmcaSettings(dmcaDeps)).agent;
  const userById = (actor: Actor, id: UserId) => accounts.userById(actor, id);
  return {
    closing,
    sanctions,
    reactions,
    /** Where the picture of an appeal lies, by the address in its row. */
    pathOfScreenshot: (address: string) => screenshots.pathOf(keyOfScreenshot(address)),
    jobs: [
      ...penaltyJobs(),
      ...strikeJobs(),
      ...sanctionJobs(),
      ...statementJobs({ dsaDatabase, logger }),
      ...dmcaJobs(dmcaDeps),
      ...appealJobs({ screenshots }),
    ],
    bindings: [
      ...reportRoutes({
        database,
        clock,
        content: heldContents,
        getVideo: (actor, id) => getVideo(videoDeps, actor, id),
      }),
      ...reviewRoutes({ database, clock, content: heldContents, reports: reportsOfItems }),
      ...statementRoutes({ database }),
      ...transparencyRoutes({ database, clock, isExportOn: config.dsaDatabase !== null }),
      ...dmcaRoutes(dmcaDeps),
      ...policyRoutes({ database, clock, designatedAgent }),
      ...penaltyRoutes({ database, clock }),
      ...strikeRoutes({ database, clock }),
      ...appealRoutes({ database, clock, screenshots, heldContents }),
      ...dossierRoutes({ database, clock, userById }),
    ],
  };
}
