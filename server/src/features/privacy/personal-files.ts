/** Pictures and recordings of a person: where they lie, and that they go. */
import { rm } from 'node:fs/promises';
import { and, eq, inArray, isNotNull, lt } from 'drizzle-orm';
import { appeals, profiles, videos } from '../../db/schema/index.ts';
import type { PersonalFile, PersonalFiles } from './deps.ts';

export interface FilePlaces {
  avatar(key: string): string;
  video(key: string): string;
  /** By the address in the appeal’s row. */
  screenshot(address: string): string;
}

export function personalFiles(places: FilePlaces): PersonalFiles {
  return {
    async of(tx, userId) {
      const files: PersonalFile[] = [];
      const [person] = await tx.select({ key: profiles.avatarKey }).from(profiles).where(eq(profiles.id, userId));
      if (person?.key) files.push({ path: places.avatar(person.key), name: 'avatar.webp' });
      const recordings = await tx
        .select({ id: videos.id, file: videos.fileKey, thumbnail: videos.thumbnailKey, removal: videos.removal })
        .from(videos)
        .where(eq(videos.channelId, userId));
      for (const { id, file, removal, thumbnail } of recordings) {
        const held = { isWithheld: removal === 'withheld', isEvidence: removal !== null };
        files.push({ path: places.video(file), name: `videos/${id}.mp4`, ...held });
        if (thumbnail !== null) files.push({ path: places.video(thumbnail), name: `videos/${id}.webp`, ...held });
      }
      const pictures = await tx
        .select({ id: appeals.id, address: appeals.appealScreenshotUrl })
        .from(appeals)
        .where(and(eq(appeals.userId, userId), isNotNull(appeals.appealScreenshotUrl)));
      for (const { address, id } of pictures) {
        if (address !== null) files.push({ path: places.screenshot(address), name: `appeals/${id}.webp` });
      }
      return files;
    },
    async dropEvidence(tx, before) {
      const gone = tx.select({ id: profiles.id }).from(profiles).where(lt(profiles.erasedAt, before));
      const rows = await tx
        .delete(videos)
        .where(and(isNotNull(videos.removal), inArray(videos.channelId, gone)))
        .returning({ file: videos.fileKey, thumbnail: videos.thumbnailKey });
      for (const { file, thumbnail } of rows) {
        await rm(places.video(file), { force: true });
        if (thumbnail !== null) await rm(places.video(thumbnail), { force: true });
      }
      return rows.length;
    },
    async erase(files) {
      for (const { isEvidence, path } of files) if (isEvidence !== true) await rm(path, { force: true });
    },
  };
}
