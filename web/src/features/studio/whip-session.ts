/**
 * One WHIP session (RFC 9725): H.264 first and Opus in stereo, so that nothing is transcoded on the way to HLS.
 * Tracks can be swapped (another camera, a shared screen) without a new session.
 */
export interface WhipSession {
  readonly connection: RTCPeerConnection;
  replaceVideo(track: MediaStreamTrack | null): Promise<void>;
  replaceAudio(track: MediaStreamTrack | null): Promise<void>;
  close(): Promise<void>;
}

export class WhipRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the server answered ${status}`);
    this.status = status;
  }
}

export interface WhipOptions {
  readonly url: string;
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack | null;
  readonly maxVideoBitrate: number;
  readonly signal: AbortSignal;
}

function preferH264(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const rank = (mimeType: string) => (mimeType.toLowerCase() === 'video/h264' ? 0 : 1);
  transceiver.setCodecPreferences(codecs.toSorted((a, b) => rank(a.mimeType) - rank(b.mimeType)));
}

export async function openWhip(options: WhipOptions): Promise<WhipSession> {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const stream = new MediaStream(options.audio ? [options.video, options.audio] : [options.video]);
  const video = connection.addTransceiver(options.video, {
    direction: 'sendonly',
    streams: [stream],
    sendEncodings: [{ maxBitrate: options.maxVideoBitrate }],
  });
  preferH264(video);
  // A sound track is always offered: a microphone picked later then needs no new session.
  const audio = connection.addTransceiver(options.audio ?? 'audio', { direction: 'sendonly', streams: [stream] });
  let resource: string | null = null;
  let closed = false;

  const close = async () => {
    if (closed) return;
    closed = true;
    window.removeEventListener('pagehide', onPageHide);
    connection.close();
    if (resource) await fetch(resource, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  };
  const onPageHide = () => void close();
  window.addEventListener('pagehide', onPageHide);

  try {
    await connection.setLocalDescription();
    const response = await fetch(options.url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: connection.localDescription?.sdp ?? '',
      signal: options.signal,
    });
    if (response.status !== 201) throw new WhipRefused(response.status);
    const location = response.headers.get('location');
    if (location) resource = new URL(location, new URL(options.url, window.location.href)).href;
    await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
    return {
      connection,
      replaceVideo: (track) => video.sender.replaceTrack(track),
      replaceAudio: (track) => audio.sender.replaceTrack(track),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}
