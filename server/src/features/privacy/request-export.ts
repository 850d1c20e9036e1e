/** A person asks for a copy of their data, looks how far it is, and takes it. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ExportId, privacy } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../actor.ts';
import { recordAudit } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import type { FileAnswer } from '../../http/index.ts';
import { schedule } from '../../jobs/index.ts';
import { archivePath } from './archive-path.ts';
import type { PrivacyDeps } from './deps.ts';
import { describeExport, exportsOf, findExport, openExport, wasWithheldSince } from './export-store.ts';
import { makeExportJob } from './job-kinds.ts';

export async function requestExport(deps: PrivacyDeps, person: Person): Promise<privacy.DataExport> {
  const at = deps.clock.now();
  const id = uuidv7();
  const row = await deps.database.asActor(person, async (tx) => {
    const opened = await openExport(tx, { id, userId: person.userId, requestedAt: at });
    if (opened.id !== id) return opened;
    await schedule(tx, makeExportJob(id, at));
    await recordAudit(tx, {
      type: 'EXPORT_REQUESTED',
      entity: 'account',
      entityId: person.userId,
      actorId: person.userId,
      at,
      details: { exportId: id },
    });
    return opened;
  });
  return describeExport(row);
}

export async function listExports(deps: PrivacyDeps, person: Person): Promise<{ items: privacy.DataExport[] }> {
  const rows = await deps.database.asActor(person, (tx) => exportsOf(tx, person.userId));
  return { items: rows.map(describeExport) };
}

export async function getExport(deps: PrivacyDeps, person: Person, id: ExportId): Promise<privacy.DataExport> {
  const row = await deps.database.asActor(person, (tx) => findExport(tx, id, person.userId));
  if (row === null) throw new AppError('not_found');
  return describeExport(row);
}

export async function downloadExport(deps: PrivacyDeps, person: Person, id: ExportId): Promise<FileAnswer> {
  const row = await deps.database.asActor(person, async (tx) => {
    const found = await findExport(tx, id, person.userId);
    // A copy that was made before holds what not even they may have any more: they ask for another one.
    return found !== null && (await wasWithheldSince(tx, person.userId, found.requestedAt)) ? null : found;
  });
  if (row?.status !== 'ready') throw new AppError('not_found');
  const path = archivePath(deps.archiveFolder, row.id);
  try {
    // Opened before anything is answered: a file that is gone is a problem document, not half a download.
    await (await open(path)).close();
  } catch (cause) {
    throw new AppError('not_found', { cause });
  }
  const day = row.requestedAt.toISOString().slice(0, 10);
  return { type: 'application/zip', fileName: `virgil-data-${day}.zip`, body: createReadStream(path) };
}
