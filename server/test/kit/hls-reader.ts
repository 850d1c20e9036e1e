/** Reads and judges HLS playlists by RFC 8216bis, independently of the code that writes them. */
import { expect } from 'vitest';

export interface ReadPart {
  readonly uri: string;
  readonly seconds: number;
  readonly independent: boolean;
}

export interface ReadSegment {
  readonly msn: number;
  /** Null for the one that is not complete. */
  readonly uri: string | null;
  readonly seconds: number;
  readonly parts: readonly ReadPart[];
  readonly discontinuity: boolean;
  readonly startsAtMs: number | null;
  readonly map: string;
}

export interface ReadPlaylist {
  readonly targetDuration: number;
  readonly partTarget: number;
  readonly holdBack: number;
  readonly discontinuitySequence: number;
  readonly segments: readonly ReadSegment[];
  readonly hint: string | null;
}

export function readMediaPlaylist(text: string): ReadPlaylist {
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toBe('#EXTM3U');
  const number = (tag: string): number => Number(new RegExp(`^#${tag}:(\\d+)$`, 'm').exec(text)?.[1]);
  const segments: ReadSegment[] = [];
  let msn = number('EXT-X-MEDIA-SEQUENCE');
  let map = '';
  let open = emptySegment();
  const close = (uri: string | null, seconds: number): void => {
    segments.push({ ...open, msn, uri, seconds, map });
    msn += 1;
    open = emptySegment();
  };
  let duration: number | null = null;
  for (const line of lines) {
    if (line.startsWith('#EXT-X-MAP:')) map = attribute(line, 'URI');
    if (line === '#EXT-X-DISCONTINUITY') open.discontinuity = true;
    if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) open.startsAtMs = Date.parse(line.slice(25));
    if (line.startsWith('#EXT-X-PART:')) {
      const seconds = Number(/DURATION=([\d.]+)/.exec(line)?.[1]);
      open.parts.push({ uri: attribute(line, 'URI'), seconds, independent: line.includes('INDEPENDENT=YES') });
    }
    if (line.startsWith('#EXTINF:')) duration = Number.parseFloat(line.slice(8));
    if (!line.startsWith('#') && duration !== null) {
      close(line, duration);
      duration = null;
    }
  }
  if (open.parts.length > 0) close(null, 0);
  const hint = /^#EXT-X-PRELOAD-HINT:TYPE=PART,URI="([^"]+)"$/m.exec(text)?.[1] ?? null;
  return {
    targetDuration: number('EXT-X-TARGETDURATION'),
    partTarget: Number(/PART-TARGET=([\d.]+)/.exec(text)?.[1]),
    holdBack: Number(/PART-HOLD-BACK=([\d.]+)/.exec(text)?.[1]),
    discontinuitySequence: number('EXT-X-DISCONTINUITY-SEQUENCE'),
    segments,
    hint,
  };
}

function emptySegment(): { parts: ReadPart[]; discontinuity: boolean; startsAtMs: number | null } {
  return { parts: [], discontinuity: false, startsAtMs: null };
}

function attribute(line: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(line)?.[1] ?? '';
}

/** What every LL-HLS playlist of ours must keep to. */
export function expectConformant(text: string): ReadPlaylist {
  const playlist = readMediaPlaylist(text);
  expect(text).toContain('CAN-BLOCK-RELOAD=YES');
  expect(playlist.holdBack).toBeGreaterThanOrEqual(playlist.partTarget * 3 - 1e-6);
  expect(playlist.hint).not.toBeNull();
  for (const segment of playlist.segments) {
    expect(Math.round(segment.seconds)).toBeLessThanOrEqual(playlist.targetDuration);
    expect(segment.map).not.toBe('');
    expect(segment.startsAtMs).not.toBeNull();
    const summed = segment.parts.reduce((sum, part) => sum + part.seconds, 0);
    if (segment.uri !== null && segment.parts.length > 0) expect(summed).toBeCloseTo(segment.seconds, 3);
    segment.parts.forEach((part, index) => {
      expect(part.seconds).toBeLessThanOrEqual(playlist.partTarget + 1e-4);
      const last = index === segment.parts.length - 1;
      if (!last) expect(part.seconds).toBeGreaterThanOrEqual(playlist.partTarget * 0.85 - 1e-4);
    });
  }
  return playlist;
}

/** A later playlist only adds at the end and takes away at the front. */
export function expectContinues(earlier: ReadPlaylist, later: ReadPlaylist): void {
  for (const before of earlier.segments) {
    const after = later.segments.find((segment) => segment.msn === before.msn);
    if (after === undefined) {
      expect(before.msn).toBeLessThan(later.segments[0]?.msn ?? 0);
      continue;
    }
    if (before.uri !== null) expect(after.uri).toBe(before.uri);
    expect(after.startsAtMs).toBe(before.startsAtMs);
    if (after.parts.length > 0) expect(after.parts.slice(0, before.parts.length)).toEqual(before.parts);
  }
}
