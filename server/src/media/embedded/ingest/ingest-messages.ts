/** What the server process and the RTMP ingest say to each other. */
import { z } from 'zod';

export const ingestSetup = z.object({ host: z.string(), port: z.int().min(0).max(65_535) });

/** The server's answer to a `publish` event: where the media goes, or null to refuse. */
export const ingestRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('decided'), question: z.int(), feedAddress: z.string().nullable() }),
  z.object({ type: z.literal('stop') }),
]);
export type IngestRequest = z.infer<typeof ingestRequest>;

export const ingestEvent = z.discriminatedUnion('type', [
  /** Somebody wants to publish with this key, which goes no further than the lookup. */
  z.object({ type: z.literal('publish'), question: z.int(), streamKey: z.string() }),
  z.object({ type: z.literal('refused'), reason: z.string() }),
  z.object({ type: z.literal('problem'), problem: z.string() }),
]);
export type IngestEvent = z.infer<typeof ingestEvent>;

export const ingestReady = z.object({ port: z.int() });
