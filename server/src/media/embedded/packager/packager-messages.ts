/** What the server process and a packager say to each other. Binary: bodies are buffers. */
import { z } from 'zod';

export const packagerSetup = z.object({
  /** Null: no recording. */
  recordingFolder: z.string().nullable(),
  /** Recording stops when the disk has less. */
  minFreeBytes: z.int().min(0),
  /** False: as if node-av were not installed. */
  useAv: z.boolean(),
});
export type PackagerSetupMessage = z.infer<typeof packagerSetup>;

export const packagerRequest = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hls'),
    file: z.string().max(100),
    msn: z.int().min(0).optional(),
    part: z.int().min(0).optional(),
  }),
  z.object({
    type: z.literal('clip'),
    seconds: z.number().min(0.1).max(60),
    endingSecondsAgo: z.number().min(0),
  }),
  z.object({ type: z.literal('stills') }),
  z.object({ type: z.literal('stats') }),
  z.object({ type: z.literal('tap'), on: z.boolean() }),
  z.object({ type: z.literal('finish') }),
]);
export type PackagerRequest = z.infer<typeof packagerRequest>;

export const packagerEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('pcm'),
    atMs: z.number(),
    samples: z.custom<Int16Array>((value) => value instanceof Int16Array),
  }),
  z.object({ type: z.literal('notice'), notice: z.string() }),
  z.object({ type: z.literal('trouble'), detail: z.string() }),
]);
export type PackagerEvent = z.infer<typeof packagerEvent>;

export const packagerCapabilities = z.object({
  aac: z.boolean(),
  recording: z.boolean(),
  thumbnails: z.boolean(),
  pcmTap: z.boolean(),
  missing: z.array(z.string()),
});

export const packagerReady = z.object({ feedAddress: z.string(), capabilities: packagerCapabilities });

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const hlsReply = z.object({
  status: z.union([z.literal(200), z.literal(400), z.literal(404), z.literal(503)]),
  contentType: z.string(),
  maxAgeSeconds: z.number(),
  body: bytes,
});

export const clipReply = z.object({ bytes, durationMs: z.number(), sha256: z.string() }).nullable();
export const stillsReply = z.array(bytes);
export const statsReply = z.object({
  audioCodecs: z.array(z.enum(['opus', 'aac'])),
  notice: z.string().nullable(),
  cpuMs: z.number(),
  rssBytes: z.number(),
});
export const recordingReply = z
  .object({
    path: z.string(),
    thumbnailPath: z.string().nullable(),
    durationMs: z.number(),
    sizeBytes: z.number(),
  })
  .nullable();
