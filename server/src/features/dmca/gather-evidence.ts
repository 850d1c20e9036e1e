/**
 * What is preserved of a take-down: the notice itself, what the page showed, and the hashes of the files, which stay
 * where they are, hidden. Files are read before the transaction: a long recording must not hold its locks.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../../db/database.ts';
import type { DmcaDeps } from './deps.ts';
import type { EvidenceDocument } from './evidence-seal.ts';
import { bodyOf } from './guards.ts';
import { type Notice, nameOf, type Target } from './store.ts';

export interface HashedFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

const MEBIBYTE = 1024 * 1024;

/** Null for a file that is not there any more. */
async function hashFile(path: string, name: string): Promise<HashedFile | null> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await pipeline(createReadStream(path, { highWaterMark: MEBIBYTE }), async (chunks) => {
      for await (const chunk of chunks as AsyncIterable<Buffer>) {
        hash.update(chunk);
        bytes += chunk.length;
      }
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return { file: name, bytes, sha256: hash.digest('hex') };
}

/** The recording and its still; empty while a stream runs that has none yet. */
export async function hashFiles(
  { pathOfVideoFile }: Pick<DmcaDeps, 'pathOfVideoFile'>,
  video: Target['video'],
): Promise<HashedFile[]> {
  if (video === null) return [];
  const keys = [video.fileKey, video.thumbnailKey].filter((key) => key !== null);
  const hashed = await Promise.all(keys.map((key) => hashFile(pathOfVideoFile(key), key)));
  return hashed.filter((file) => file !== null);
}

export interface DecisionFacts {
  readonly notice: Notice;
  readonly target: Target | null;
  readonly files: readonly HashedFile[];
  readonly decision: { readonly by: string; readonly reason: string; readonly at: Date };
}

export async function decisionDocument(
  deps: Pick<DmcaDeps, 'publicUrl'>,
  tx: Tx,
  facts: DecisionFacts,
): Promise<EvidenceDocument> {
  const { decision, files, notice, target } = facts;
  const { id, receivedAt, source } = notice;
  return {
    version: 1,
    kind: 'decision',
    notice: { id, source, receivedAt: receivedAt.toISOString(), ...bodyOf(notice) },
    page: target === null ? null : await pageOf(deps, tx, target),
    media: { files, ...(files.length === 0 ? { absent: 'No recording was there at the time of the decision.' } : {}) },
    decision: { ...decision, at: decision.at.toISOString(), outcome: 'approved' },
  };
}

/** What somebody who opened the page at that moment was shown. */
async function pageOf({ publicUrl }: Pick<DmcaDeps, 'publicUrl'>, tx: Tx, target: Target): Promise<EvidenceDocument> {
  const { stream, video } = target;
  const address = target.type === 'video' ? `/videos/${target.id}` : `/watch/${target.id}`;
  return {
    address: `${publicUrl()}${address}`,
    creator: { id: target.ownerId, displayName: await nameOf(tx, target.ownerId) },
    title: target.title,
    lineageKey: target.lineageKey,
    stream: stream === null ? null : streamFacts(stream),
    video: video === null ? null : videoFacts(video),
  };
}

function streamFacts(stream: NonNullable<Target['stream']>): EvidenceDocument {
  const { category, danteRealm, description, id, isActive, mediaMs, patronOnly, peakViewers, title, viewers } = stream;
  const times = { startedAt: stream.startedAt.toISOString(), endedAt: stream.endedAt?.toISOString() ?? null };
  return {
    id,
    title,
    description,
    category,
    danteRealm,
    patronOnly,
    isActive,
    viewers,
    peakViewers,
    mediaMs,
    ...times,
  };
}

function videoFacts(video: NonNullable<Target['video']>): EvidenceDocument {
  const { danteRealm, durationMs, id, isPublic, patronOnly, sizeBytes, title } = video;
  const times = { createdAt: video.createdAt.toISOString(), updatedAt: video.updatedAt.toISOString() };
  return { id, title, danteRealm, durationMs, sizeBytes, isPublic, patronOnly, ...times };
}
