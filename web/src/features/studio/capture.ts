/** Cameras, microphones and screens: asking, listing, and saying in plain terms why there is none. */
export type CaptureFailure = 'insecure' | 'denied' | 'none' | 'busy' | 'unsupported';

export class CaptureError extends Error {
  readonly failure: CaptureFailure;
  constructor(failure: CaptureFailure, options?: ErrorOptions) {
    super(failure, options);
    this.failure = failure;
  }
}

/** Browsers hand out cameras only over https or on this very machine. */
export function captureIsPossible(): CaptureFailure | null {
  if (!window.isSecureContext) return 'insecure';
  return navigator.mediaDevices ? null : 'unsupported';
}

function translate(cause: unknown): CaptureError {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return new CaptureError('denied', { cause });
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return new CaptureError('none', { cause });
  if (name === 'NotReadableError' || name === 'AbortError') return new CaptureError('busy', { cause });
  return new CaptureError('unsupported', { cause });
}

async function ask<T>(work: () => Promise<T>): Promise<T> {
  const impossible = captureIsPossible();
  if (impossible) throw new CaptureError(impossible);
  try {
    return await work();
  } catch (cause) {
    throw translate(cause);
  }
}

export async function openCamera(deviceId: string | null): Promise<MediaStreamTrack> {
  return ask(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: {
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
        ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      },
    });
    const [track] = stream.getVideoTracks();
    if (!track) throw new CaptureError('none');
    track.contentHint = 'motion';
    return track;
  });
}

export async function openMicrophone(deviceId: string | null): Promise<MediaStreamTrack> {
  return ask(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: deviceId ? { deviceId: { exact: deviceId } } : true,
    });
    const [track] = stream.getAudioTracks();
    if (!track) throw new CaptureError('none');
    return track;
  });
}

/** The shared screen; its sound comes along where the browser offers it. */
export async function openScreen(): Promise<{ video: MediaStreamTrack; audio: MediaStreamTrack | null }> {
  return ask(async () => {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 30 } }, audio: true });
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    if (!video) throw new CaptureError('none');
    video.contentHint = 'detail';
    return { video, audio: audio ?? null };
  });
}

export interface Devices {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
}

export async function listDevices(): Promise<Devices> {
  if (captureIsPossible()) return { cameras: [], microphones: [] };
  const devices = await navigator.mediaDevices.enumerateDevices();
  return {
    cameras: devices.filter((device) => device.kind === 'videoinput'),
    microphones: devices.filter((device) => device.kind === 'audioinput'),
  };
}
