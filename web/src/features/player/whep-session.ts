/**
 * One WHEP session: an offer posted the moment it exists (waiting for ICE gathering costs 100 ms), the answer
 * applied, the resource deleted on leaving so that the server does not wait for ICE to time out.
 */
export class WhepRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the server answered ${status}`);
    this.status = status;
  }
}

export interface WhepSession {
  readonly connection: RTCPeerConnection;
  readonly media: MediaStream;
  close(): void;
}

export async function openWhep(url: string, signal: AbortSignal): Promise<WhepSession> {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const media = new MediaStream();
  connection.addTransceiver('video', { direction: 'recvonly' });
  connection.addTransceiver('audio', { direction: 'recvonly' });
  connection.ontrack = ({ track }) => media.addTrack(track);
  let resource: string | null = null;
  let closed = false;

  const leave = () => {
    if (closed) return;
    closed = true;
    window.removeEventListener('pagehide', leave);
    connection.close();
    // `keepalive` lets the request outlive the page; nobody is left to hear about a failure.
    if (resource) void fetch(resource, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  };
  window.addEventListener('pagehide', leave);

  try {
    await connection.setLocalDescription();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: connection.localDescription?.sdp ?? '',
      signal,
    });
    if (response.status !== 201) throw new WhepRefused(response.status);
    const location = response.headers.get('location');
    if (location) resource = new URL(location, new URL(url, window.location.href)).href;
    const answer = await response.text();
    signal.throwIfAborted();
    await connection.setRemoteDescription({ type: 'answer', sdp: answer });
    return { connection, media, close: leave };
  } catch (cause) {
    leave();
    throw cause;
  }
}
