/** Pictures and recordings of a person: where they lie, and that they go. */
import { rm } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { profiles, videos } from '../../db/schema/index.ts';
import type { PersonalFile, PersonalFiles } from './deps.ts';

export interface FilePlaces {
  avatar(key: string): string;
  video(key: string): string;
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
        const isWithheld = removal === 'withheld';
        files.push({ path: places.video(file), name: `videos/${id}.mp4`, isWithheld });
        if (thumbnail !== null) files.push({ path: places.video(thumbnail), name: `videos/${id}.webp`, isWithheld });
      }
      return files;
    },
    async erase(files) {
      for (const { path } of files) await rm(path, { force: true });
    },
  };
}
