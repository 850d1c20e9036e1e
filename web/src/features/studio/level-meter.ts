/** Loudness of a microphone track, for the meter. */
export interface Level {
  /** 0–1 on a scale from −60 dBFS to 0 dBFS. */
  readonly level: number;
  /** The loudest of the last 1.5 s, same scale. */
  readonly peak: number;
}

const PEAK_HOLD_MS = 1500;

/** Calls `onLevel` about 20 times a second until the returned function is called. */
export function meterLevel(track: MediaStreamTrack, onLevel: (level: Level) => void): () => void {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let peak = 0;
  let peakAt = 0;
  const timer = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = decibelScale(rootMeanSquare(samples));
    const now = performance.now();
    if (level >= peak || now - peakAt > PEAK_HOLD_MS) {
      peak = level;
      peakAt = now;
    }
    onLevel({ level, peak });
  }, 50);
  return () => {
    window.clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}

export function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** −60 dBFS is 0, 0 dBFS is 1. */
export function decibelScale(amplitude: number): number {
  if (amplitude <= 0.001) return 0;
  return Math.min(1, (20 * Math.log10(amplitude) + 60) / 60);
}
