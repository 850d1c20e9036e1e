/** What a person may ask of everything that is held: a copy of theirs, and its end. */
import path from 'node:path';
import type { AccountsDoor } from '../features/accounts/index.ts';
import { type AuditLog, destroyKeyOf, entriesAbout, holdKeyOf } from '../features/audit/index.ts';
import { createPrivacy, type PrivacyDoor } from '../features/privacy/index.ts';
import { endSubscriptionsOf } from '../features/subscriptions/index.ts';
import type { VideoFiles } from '../features/videos/index.ts';
import type { Ground } from './ground.ts';

interface Around {
  readonly accounts: AccountsDoor;
  readonly auditLog: AuditLog;
  readonly videoFiles: VideoFiles;
  readonly pathOfScreenshot: (key: string) => string;
}

export function createPersonalData(ground: Ground, around: Around): PrivacyDoor {
  const { accounts, auditLog, pathOfScreenshot, videoFiles } = around;
  const { clock, config, database, logger, publicUrl } = ground;
  return createPrivacy({
    database,
    clock,
    logger,
    auth: accounts.data,
    files: { avatar: accounts.avatarPath, video: (key) => videoFiles.pathOf(key), screenshot: pathOfScreenshot },
    audit: {
      entriesOf: async (userId) => (await entriesAbout(auditLog, userId)).map((entry) => ({ ...entry })),
      holdKey: (tx, userId, until) => holdKeyOf(tx, auditLog.wrapping, userId, until),
      destroyKey: destroyKeyOf,
    },
    endSubscriptions: endSubscriptionsOf,
    archiveFolder: path.join(config.dataFolder, 'exports'),
    publicName: new URL(publicUrl).host,
  });
}
