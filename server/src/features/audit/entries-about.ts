/** For a copy of one's data: every entry a person is in, with their own part opened and nobody else's. */
import type { AuditLog } from './audit-log.ts';
import { openPart, readLeaf } from './entry.ts';
import { entriesWith, leafAt } from './index-store.ts';
import { readableKeys } from './person-keys.ts';
import { isUnseen } from './policy.ts';

export interface EntryAbout {
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  /** True when the person did it themselves. */
  readonly own: boolean;
  /** Ids in it that are people's stand as numbers; only one's own is told. */
  readonly details: unknown;
  readonly words: Readonly<Record<string, unknown>>;
  readonly personal: Readonly<Record<string, unknown>>;
}

export function entriesAbout(log: AuditLog, person: string): Promise<EntryAbout[]> {
  return log.handle.database.asSystem('audit entries for a copy of one’s data', async (tx) => {
    const key = (await readableKeys(tx, log.wrapping, [person])).get(person);
    if (key === undefined) return [];
    const found: EntryAbout[] = [];
    for (const row of await entriesWith(tx, person)) {
      const own = row.actorId === person;
      const leaf = own || !isUnseen(row.type) ? await leafAt(tx, row) : null;
      const signer = leaf === null ? null : await log.ring.signerOf(row.log);
      if (leaf === null || signer === null) continue;
      const entry = readLeaf(leaf);
      const part = openPart(entry, { origin: signer.origin, seq: row.seq }, row.part, key);
      const opened = { words: { ...part?.words }, personal: { ...part?.personal } };
      found.push({
        eventId: row.eventId,
        type: row.type,
        at: row.at.toISOString(),
        own,
        details: entry.details,
        ...opened,
      });
    }
    return found;
  });
}
