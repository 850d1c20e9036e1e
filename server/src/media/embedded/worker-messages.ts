/** What supervisor and SFU worker say to each other over IPC. Both sides parse. */
import { streamId } from '@virgil/contract';
import { z } from 'zod';

const session = z.object({ streamId, resourceId: z.string(), offer: z.string() });

export const workerRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), streamId, receivedMs: z.number(), muted: z.boolean() }),
  z.object({ type: z.literal('close'), streamId }),
  session.extend({ type: z.literal('publish') }),
  z.object({ type: z.literal('publish-feed'), streamId, resourceId: z.string() }),
  session.extend({ type: z.literal('watch'), identity: z.string() }),
  z.object({ type: z.literal('remove'), streamId, resourceId: z.string() }),
  z.object({ type: z.literal('unpublish'), streamId }),
  z.object({ type: z.literal('revoke'), identity: z.string(), streamId: streamId.nullable() }),
  z.object({ type: z.literal('mute'), streamId, muted: z.boolean() }),
  z.object({ type: z.literal('tap'), streamId, address: z.string() }),
  z.object({ type: z.literal('stats'), streamId }),
]);
export type WorkerRequest = z.infer<typeof workerRequest>;

export const roomState = z.object({
  state: z.enum(['waiting', 'live', 'interrupted']),
  source: z.enum(['whip', 'rtmp']).nullable(),
  videoKbps: z.number(),
  audioKbps: z.number(),
  framesPerSecond: z.number(),
  packetLoss: z.number(),
  keyframeIntervalMs: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  webrtcViewers: z.int(),
  receivedMs: z.number(),
  webrtcPlayable: z.boolean(),
  notice: z.string().nullable(),
});

export const workerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), streamId, source: z.enum(['whip', 'rtmp']) }),
  z.object({ type: z.literal('interrupted'), streamId, reason: z.string() }),
  z.object({
    type: z.literal('ended'),
    streamId,
    resourceId: z.string(),
    identity: z.string().nullable(),
    reason: z.string(),
  }),
  /** Once a second, so that a restart continues counting where it was. */
  z.object({ type: z.literal('received'), streamId, receivedMs: z.number() }),
  z.object({ type: z.literal('trouble'), detail: z.string() }),
]);
export type WorkerEvent = z.infer<typeof workerEvent>;
