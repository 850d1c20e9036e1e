import { describe, expect, it } from 'vitest';
import { chooseTransport, retryDelay, shouldJumpToEdge, type TransportFacts } from './transport-policy.ts';

const facts = (change: Partial<TransportFacts> = {}): TransportFacts => ({
  preference: 'auto',
  offered: { webrtc: true, hls: true },
  browserHasWebRtc: true,
  failedAttempts: 0,
  ...change,
});

describe('choosing a transport', () => {
  it('begins with WebRTC', () => expect(chooseTransport(facts())).toBe('webrtc'));
  it('falls back to HLS after two attempts without a picture', () => {
    expect(chooseTransport(facts({ failedAttempts: 1 }))).toBe('webrtc');
    expect(chooseTransport(facts({ failedAttempts: 2 }))).toBe('hls');
  });
  it('keeps trying WebRTC when there is nothing else', () =>
    expect(chooseTransport(facts({ failedAttempts: 9, offered: { webrtc: true, hls: false } }))).toBe('webrtc'));
  it('takes HLS at once for a browser without WebRTC and for a source WebRTC cannot play', () => {
    expect(chooseTransport(facts({ browserHasWebRtc: false }))).toBe('hls');
    expect(chooseTransport(facts({ offered: { webrtc: false, hls: true } }))).toBe('hls');
  });
  it('obeys the viewer, as far as the stream allows', () => {
    expect(chooseTransport(facts({ preference: 'hls' }))).toBe('hls');
    expect(chooseTransport(facts({ preference: 'webrtc', failedAttempts: 5 }))).toBe('webrtc');
    expect(chooseTransport(facts({ preference: 'webrtc', offered: { webrtc: false, hls: true } }))).toBe('hls');
  });
  it('says so when there is no way', () =>
    expect(chooseTransport(facts({ offered: { webrtc: false, hls: false } }))).toBeNull());
});

describe('trying again', () => {
  it('starts at once and then waits longer each time, at most ten seconds', () => {
    expect(retryDelay(0, 0.5)).toBe(0);
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => retryDelay(n, 0.5));
    for (const [i, delay] of delays.entries()) if (i > 0) expect(delay).toBeGreaterThanOrEqual(delays[i - 1] ?? 0);
    expect(Math.max(...delays.map(() => retryDelay(20, 1)))).toBeLessThanOrEqual(10_000);
  });
});

describe('the live edge', () => {
  it('is jumped to only by a player that lags far behind its target', () => {
    expect(shouldJumpToEdge(1.3, 1)).toBe(false);
    expect(shouldJumpToEdge(3.9, 1)).toBe(false);
    expect(shouldJumpToEdge(5, 1.2)).toBe(true);
    expect(shouldJumpToEdge(5, 2)).toBe(false);
  });
});
