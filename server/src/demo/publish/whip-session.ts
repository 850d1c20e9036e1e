/** Publishes by WHIP (RFC 9725) as an encoder outside would: an offer with H.264 and Opus, posted with the stream key. */
import { Audio, PeerConnection, type Track, Video } from 'node-datachannel';

export interface WhipTarget {
  readonly whipUrl: string;
  readonly streamKey: string;
}

export interface WhipSession {
  readonly video: Track;
  readonly audio: Track;
  /** Aborts when the connection is over, for whatever reason. */
  readonly ended: AbortSignal;
  close(): Promise<void>;
}

export const formats = {
  video: { payloadType: 102, clockRate: 90_000, ssrc: 0x7669_0001 },
  audio: { payloadType: 111, clockRate: 48_000, ssrc: 0x6175_0001 },
} as const;

const patienceMs = 10_000;
const h264 = 'profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1';

export async function openWhip({ whipUrl, streamKey }: WhipTarget): Promise<WhipSession> {
  const ended = new AbortController();
  const connection = new PeerConnection('demo', { iceServers: [], disableAutoNegotiation: true });
  connection.onStateChange((state) => {
    if (state === 'failed' || state === 'closed' || state === 'disconnected') ended.abort();
  });

  const videoMedia = new Video('0', 'SendOnly');
  videoMedia.addH264Codec(formats.video.payloadType, h264);
  videoMedia.addSSRC(formats.video.ssrc, 'demo', 'demo', 'demo-video');
  const audioMedia = new Audio('1', 'SendOnly');
  audioMedia.addOpusCodec(formats.audio.payloadType);
  audioMedia.addSSRC(formats.audio.ssrc, 'demo', 'demo', 'demo-audio');
  const video = connection.addTrack(videoMedia);
  const audio = connection.addTrack(audioMedia);

  const opened = Promise.withResolvers<void>();
  const gathered = Promise.withResolvers<void>();
  video.onOpen(() => opened.resolve());
  connection.onGatheringStateChange((state) => {
    if (state === 'complete') gathered.resolve();
  });
  const close = async (resource?: string): Promise<void> => {
    ended.abort();
    connection.close();
    if (resource !== undefined) {
      await fetch(resource, { method: 'DELETE', headers: { authorization: `Bearer ${streamKey}` } });
    }
  };
  const late = setTimeout(() => {
    const problem = new Error(`no WHIP connection within ${patienceMs} ms`);
    gathered.reject(problem);
    opened.reject(problem);
  }, patienceMs);
  try {
    connection.setLocalDescription('offer');
    await gathered.promise;
    const response = await fetch(whipUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${streamKey}` },
      body: connection.localDescription()?.sdp ?? '',
    });
    if (response.status !== 201) throw new Error(`WHIP: ${response.status} ${await response.text()}`);
    connection.setRemoteDescription(await response.text(), 'answer');
    await opened.promise;
    const resource = new URL(response.headers.get('location') ?? '', whipUrl).href;
    return { video, audio, ended: ended.signal, close: () => close(resource) };
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(late);
    // Whichever promise nobody waited for must not count as unhandled.
    opened.promise.catch(() => {});
    gathered.promise.catch(() => {});
  }
}
