/** Recordings as files, with Range: without it a player cannot seek. */
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { VideoId } from '@virgil/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import { byteRangeOf } from './byte-range.ts';
import type { MediaRoutesDeps } from './deps.ts';

export function videoRoutes(scope: FastifyInstance, deps: MediaRoutesDeps): void {
  const { access, gate } = deps;

  scope.get<{ Params: { file: string } }>('/media/videos/:file', async (request, reply) => {
    const [, id, ending] = /^([A-Za-z0-9_-]{1,64})\.(mp4|webp)$/.exec(request.params.file) ?? [];
    const video = id === undefined ? null : await gate.video(id as VideoId);
    if (video === null) throw new AppError('not_found');
    await access.admitToVideo(video, request);
    const path = ending === 'mp4' ? video.path : video.thumbnailPath;
    if (path === null) throw new AppError('not_found');
    // The owner may hide a recording at any moment, so a copy kept by a browser asks again.
    reply.header('cache-control', 'private, no-cache').header('accept-ranges', 'bytes');
    reply.type(ending === 'mp4' ? 'video/mp4' : 'image/webp');
    return sendFile(request, reply, await openFile(path));
  });
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new AppError('not_found', { cause });
    throw new AppError('storage_unavailable', { cause });
  }
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileHandle): Promise<FastifyReply> {
  const { size, mtimeMs } = await file.stat();
  const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  reply.header('etag', etag);
  if (request.headers['if-none-match'] === etag) {
    await file.close();
    return reply.code(304).send();
  }
  // A range of another version of the file would splice two files together.
  const condition = request.headers['if-range'];
  const header = condition === undefined || condition === etag ? request.headers.range : undefined;
  const range = byteRangeOf(header, size);
  if (range === 'unsatisfiable') {
    await file.close();
    // The type of the file is not the type of this answer.
    return reply.code(416).removeHeader('content-type').header('content-range', `bytes */${size}`).send();
  }
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range;
  if (range !== 'whole') reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  reply.header('content-length', end - start + 1);
  if (request.method === 'HEAD' || size === 0) {
    await file.close();
    // A stream, because Fastify would count another empty body and overwrite the length.
    return reply.send(Readable.from([]));
  }
  return reply.send(file.createReadStream({ start, end }));
}
