/** The creator's own picture and sound: which device, which screen, and what went wrong while asking. */
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  openCamera as askCamera,
  openMicrophone as askMicrophone,
  CaptureError,
  type CaptureFailure,
  captureIsPossible,
  type Devices,
  listDevices,
  openScreen,
} from './capture.ts';
import type { Tracks } from './publisher.ts';

export type Picture = 'camera' | 'screen';

export interface Capture {
  readonly picture: Picture;
  readonly video: MediaStreamTrack | null;
  readonly audio: MediaStreamTrack | null;
  readonly devices: Devices;
  readonly failure: CaptureFailure | null;
  readonly microphoneFailure: CaptureFailure | null;
  readonly asking: boolean;
  readonly tracks: Tracks | null;
  openCamera(deviceId: string | null): Promise<void>;
  openMicrophone(deviceId: string | null): Promise<void>;
  dropMicrophone(): void;
  shareScreen(): Promise<void>;
}

const noDevices: Devices = { cameras: [], microphones: [] };

export function useCapture(): Capture {
  const [video, setVideo] = useState<MediaStreamTrack | null>(null);
  const [audio, setAudio] = useState<MediaStreamTrack | null>(null);
  const [picture, setPicture] = useState<Picture>('camera');
  const [devices, setDevices] = useState<Devices>(noDevices);
  const [failure, setFailure] = useState<CaptureFailure | null>(captureIsPossible);
  const [microphoneFailure, setMicrophoneFailure] = useState<CaptureFailure | null>(null);
  const [asking, setAsking] = useState(false);
  const held = useRef<{ video: MediaStreamTrack | null; audio: MediaStreamTrack | null }>({ video: null, audio: null });
  held.current = { video, audio };

  const refreshDevices = useCallback(async () => setDevices(await listDevices()), []);
  useEffect(() => {
    void refreshDevices();
    const media = navigator.mediaDevices;
    media?.addEventListener('devicechange', refreshDevices);
    return () => {
      media?.removeEventListener('devicechange', refreshDevices);
      held.current.video?.stop();
      held.current.audio?.stop();
    };
  }, [refreshDevices]);

  const openCamera = useCallback(
    async (deviceId: string | null) => {
      setAsking(true);
      try {
        const track = await askCamera(deviceId);
        held.current.video?.stop();
        setVideo(track);
        setPicture('camera');
        setFailure(null);
      } catch (error) {
        setFailure(error instanceof CaptureError ? error.failure : 'unsupported');
      } finally {
        setAsking(false);
        await refreshDevices();
      }
    },
    [refreshDevices],
  );

  const openMicrophone = useCallback(
    async (deviceId: string | null) => {
      try {
        const track = await askMicrophone(deviceId);
        held.current.audio?.stop();
        setAudio(track);
        setMicrophoneFailure(null);
      } catch (error) {
        setMicrophoneFailure(error instanceof CaptureError ? error.failure : 'unsupported');
      } finally {
        await refreshDevices();
      }
    },
    [refreshDevices],
  );

  const dropMicrophone = useCallback(() => {
    held.current.audio?.stop();
    setAudio(null);
  }, []);

  const shareScreen = useCallback(async () => {
    try {
      const screen = await openScreen();
      held.current.video?.stop();
      setVideo(screen.video);
      setPicture('screen');
      setFailure(null);
      if (screen.audio && !held.current.audio) setAudio(screen.audio);
      // The browser's own "stop sharing" goes back to the camera.
      screen.video.addEventListener('ended', () => void openCamera(null));
    } catch (error) {
      // Closing the picker is a choice, not a fault.
      const reason = error instanceof CaptureError ? error.failure : 'unsupported';
      if (reason !== 'denied') setFailure(reason);
    }
  }, [openCamera]);

  return {
    picture,
    video,
    audio,
    devices,
    failure,
    microphoneFailure,
    asking,
    tracks: video ? { video, audio } : null,
    openCamera,
    openMicrophone,
    dropMicrophone,
    shareScreen,
  };
}
