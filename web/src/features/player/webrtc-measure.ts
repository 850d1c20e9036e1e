/** What the viewer's own browser knows about a WebRTC session, once a second. */
export interface WebRtcMeasure {
  readonly framesDecoded: number;
  readonly width: number | null;
  readonly height: number | null;
  /** Delay this side adds: half a round trip, the jitter buffer, decoding. Null before the first frame. */
  readonly delaySeconds: number | null;
}

interface InboundVideo extends RTCInboundRtpStreamStats {
  readonly kind: 'video';
}

export async function measureWebRtc(connection: RTCPeerConnection): Promise<WebRtcMeasure> {
  const report = await connection.getStats();
  let video: InboundVideo | null = null;
  let roundTrip = 0;
  for (const entry of report.values()) {
    if (entry.type === 'inbound-rtp' && entry.kind === 'video') video = entry as InboundVideo;
    if (entry.type === 'candidate-pair' && entry.nominated && typeof entry.currentRoundTripTime === 'number')
      roundTrip = entry.currentRoundTripTime;
  }
  const frames = video?.framesDecoded ?? 0;
  const emitted = video?.jitterBufferEmittedCount ?? 0;
  return {
    framesDecoded: frames,
    width: video?.frameWidth ?? null,
    height: video?.frameHeight ?? null,
    delaySeconds:
      video && emitted > 0 && frames > 0
        ? roundTrip / 2 + (video.jitterBufferDelay ?? 0) / emitted + (video.totalDecodeTime ?? 0) / frames
        : null,
  };
}
