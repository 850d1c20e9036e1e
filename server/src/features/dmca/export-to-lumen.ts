/** The document for Lumen, where the instance has switched that on. */
import type { DmcaNoticeId, dmca, OutputOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { DmcaDeps } from './deps.ts';
import { lumenNotice } from './lumen-export.ts';
import { readSettings } from './settings-store.ts';
import { findCounters, findNotice } from './store.ts';

export async function exportToLumen(
  { database, publicUrl }: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
): Promise<OutputOf<typeof dmca.exportToLumen>> {
  const settings = await database.asSystem('ask whether notices may be exported', (tx) => readSettings(tx));
  if (!settings.lumenExport) {
    throw new AppError('not_allowed', { detail: 'The export to Lumen is switched off in the settings for notices.' });
  }
  return database.asActor(actor, async (tx) => {
    const notice = await findNotice(tx, id);
    // What is not complete is no notice yet.
    if (notice === null || notice.targetId === null) throw new AppError('not_found');
    const counter = (await findCounters(tx, [id])).get(id) ?? null;
    return { notice: lumenNotice({ notice, counter, publicUrl: publicUrl(), agent: settings.agent }) };
  });
}
