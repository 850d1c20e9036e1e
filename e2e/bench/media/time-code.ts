/**
 * What runs inside the page: a canvas shows the clock as black and white squares and is published; players read the
 * squares from their own frames. Both ends share a clock, so the difference is the whole way from glass to glass.
 */

declare global {
  /** Chromium's own: frames that are pushed, so that no page needs to be drawn for them. */
  class MediaStreamTrackGenerator extends MediaStreamTrack {
    constructor(options: { kind: 'video' });
    readonly writable: WritableStream<VideoFrame>;
  }
  interface Window {
    Hls: new (
      options: object,
    ) => { loadSource(url: string): void; attachMedia(video: HTMLVideoElement): void; destroy(): void };
  }
}

export interface JoinTimes {
  readonly connectedMs: number;
  readonly firstFrameMs: number;
}

/** Publishes until the page closes. */
export async function publishClock(whip: string): Promise<void> {
  const [bits, size, modulus] = [20, 32, 2 ** 20];
  const canvas = new OffscreenCanvas(640, 360);
  const context = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const frames = track.writable.getWriter();
  let frame = 0;
  setInterval(() => {
    frame += 1;
    context.fillStyle = `hsl(${frame % 360} 60% 50%)`;
    context.fillRect(0, size, 640, 360 - size);
    context.fillStyle = '#fff';
    context.fillRect((frame * 7) % 600, 150, 60, 60);
    const code = Date.now() % modulus;
    for (let bit = 0; bit < bits; bit += 1) {
      context.fillStyle = (code >> bit) & 1 ? '#fff' : '#000';
      context.fillRect(bit * size, 0, size, size);
    }
    void frames.write(new VideoFrame(canvas, { timestamp: performance.now() * 1_000 }));
  }, 1000 / 30);
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const destination = sound.createMediaStreamDestination();
  tone.connect(destination);
  tone.start();
  const peer = new RTCPeerConnection();
  const video = peer.addTransceiver(track, { direction: 'sendonly' });
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  video.setCodecPreferences(codecs.filter((codec) => codec.mimeType === 'video/H264'));
  peer.addTransceiver(destination.stream.getAudioTracks()[0] as MediaStreamTrack, { direction: 'sendonly' });
  await peer.setLocalDescription();
  const response = await fetch(whip, { method: 'POST', body: peer.localDescription?.sdp ?? '' });
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  await new Promise<void>((resolve) => {
    peer.onconnectionstatechange = () => peer.connectionState === 'connected' && resolve();
  });
}

/** Joins and leaves again; times count from posting the offer. */
export async function joinOnce(whep: string): Promise<JoinTimes> {
  const peer = new RTCPeerConnection();
  const video = document.body.appendChild(document.createElement('video'));
  video.style.cssText = 'position:fixed;top:0;left:0;width:640px';
  video.muted = true;
  const stream = new MediaStream();
  for (const kind of ['video', 'audio']) peer.addTransceiver(kind, { direction: 'recvonly' });
  peer.ontrack = ({ track }) => stream.addTrack(track);
  await peer.setLocalDescription();
  const posted = performance.now();
  let connectedMs = Number.NaN;
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'connected') connectedMs = performance.now() - posted;
  };
  const shown = new Promise<number>((resolve) => {
    video.requestVideoFrameCallback(() => resolve(performance.now() - posted));
  });
  const response = await fetch(whep, { method: 'POST', body: peer.localDescription?.sdp ?? '' });
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  // As the player does: an element that is given an empty stream takes half a second to look at it again.
  video.srcObject = stream;
  void video.play();
  const firstFrameMs = await shown;
  await fetch(response.headers.get('location') ?? '', { method: 'DELETE' });
  peer.close();
  video.remove();
  return { connectedMs, firstFrameMs };
}

/** Milliseconds from glass to glass, one for each frame shown, for this long after a warm-up. */
export async function watchClock({ url, seconds }: { url: string; seconds: number }): Promise<number[]> {
  const [bits, size, modulus] = [20, 32, 2 ** 20];
  const video = document.body.appendChild(document.createElement('video'));
  // In view, or its frames are not drawn and nobody is told of them.
  video.style.cssText = 'position:fixed;top:0;left:0;width:640px';
  video.muted = true;
  if (url.endsWith('.m3u8')) {
    const hls = new window.Hls({ lowLatencyMode: true, maxLiveSyncPlaybackRate: 1.1 });
    hls.loadSource(url);
    hls.attachMedia(video);
  } else {
    const peer = new RTCPeerConnection();
    const stream = new MediaStream();
    for (const kind of ['video', 'audio']) peer.addTransceiver(kind, { direction: 'recvonly' });
    peer.ontrack = ({ track }) => stream.addTrack(track);
    await peer.setLocalDescription();
    const response = await fetch(url, { method: 'POST', body: peer.localDescription?.sdp ?? '' });
    await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
    video.srcObject = stream;
  }
  await video.play();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, size];
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const warmUntil = performance.now() + 4_000;
  const delays: number[] = [];
  return new Promise((resolve) => {
    const read = (): void => {
      const now = performance.now();
      context.drawImage(video, 0, 0, video.videoWidth, (video.videoHeight * size) / 360, 0, 0, 640, size);
      let code = 0;
      for (let bit = 0; bit < bits; bit += 1) {
        const [red = 0] = context.getImageData(bit * size + size / 2, size / 2, 1, 1).data;
        if (red > 127) code |= 1 << bit;
      }
      const delay = ((Date.now() % modulus) - code + modulus) % modulus;
      // A square read in the middle of its change gives nonsense; a minute is no delay of ours.
      if (now > warmUntil && delay < 60_000) delays.push(delay);
      if (now > warmUntil + seconds * 1_000) {
        video.remove();
        resolve(delays);
      } else video.requestVideoFrameCallback(read);
    };
    video.requestVideoFrameCallback(read);
  });
}
