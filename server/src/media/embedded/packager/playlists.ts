/**
 * LL-HLS playlists (RFC 8216bis). Two complete streams, AAC and Opus, are offered instead of one picture with two
 * audio groups: a viewer then makes one blocking request and one part request at a time and not two of each, sound
 * and picture of a part cannot drift apart in the player, and choosing is a matter of CODECS alone. It costs no
 * storage: parts are put together from shared samples when somebody asks.
 */

import { bytesOf, isGap, type Part, type Rendition, renditions, type Segment, secondsOf } from './live-parts.ts';
import { partTargetSeconds, segmentTargetSeconds } from './segmenter.ts';
import { avcCodecString } from './sps.ts';

/** Stands where the viewer's query (a media token) belongs; replaced for each viewer by `withUriQuery`. */
const queryMark = '\u0001';
/** Segments at the end of the list that are listed part by part. */
const segmentsWithParts = 4;

export const fileNames = {
  playlist: (rendition: Rendition) => `${rendition}.m3u8`,
  init: (rendition: Rendition, configuration: number) => `${rendition}-i${configuration}.mp4`,
  segment: (rendition: Rendition, msn: number) => `${rendition}-s${msn}.m4s`,
  part: (rendition: Rendition, number: number) => `${rendition}-p${number}.m4s`,
};

export type FileRequest =
  | { readonly kind: 'index' }
  | { readonly kind: 'playlist'; readonly rendition: Rendition }
  | { readonly kind: 'init' | 'segment' | 'part'; readonly rendition: Rendition; readonly number: number };

const kindsByLetter = { i: 'init', s: 'segment', p: 'part' } as const;

export function parseFileName(file: string): FileRequest | null {
  if (file === 'index.m3u8') return { kind: 'index' };
  const match = /^(aac|opus)(?:\.m3u8|-(i)(\d{1,12})\.mp4|-([sp])(\d{1,12})\.m4s)$/.exec(file);
  if (match === null) return null;
  const rendition = match[1] as Rendition;
  const letter = (match[2] ?? match[4]) as keyof typeof kindsByLetter | undefined;
  if (letter === undefined) return { kind: 'playlist', rendition };
  return { kind: kindsByLetter[letter], rendition, number: Number(match[3] ?? match[5]) };
}

export function withUriQuery(playlist: string, query: string | undefined): string {
  return playlist.replaceAll(queryMark, query === undefined || query === '' ? '' : `?${query}`);
}

/** The list of segments that a player sees, oldest first; the last may be incomplete. */
export interface PlaylistWindow {
  readonly segments: readonly Segment[];
  readonly discontinuitySequence: number;
  /** Number that the next part will have. */
  readonly nextPart: number;
}

export function mediaPlaylist(window: PlaylistWindow, rendition: Rendition): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${segmentTargetSeconds}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${(partTargetSeconds * 3).toFixed(3)}`,
    `#EXT-X-PART-INF:PART-TARGET=${partTargetSeconds}`,
    `#EXT-X-MEDIA-SEQUENCE:${window.segments[0]?.msn ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${window.discontinuitySequence}`,
  ];
  let configuration = -1;
  window.segments.forEach((segment, index) => {
    if (segment.discontinuity && index > 0) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.configuration.index !== configuration) {
      configuration = segment.configuration.index;
      lines.push(`#EXT-X-MAP:URI="${fileNames.init(rendition, configuration)}${queryMark}"`);
    }
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.startedAtMs).toISOString()}`);
    if (index >= window.segments.length - segmentsWithParts) {
      for (const part of segment.parts) lines.push(partLine(part, rendition));
    }
    if (!segment.complete) return;
    lines.push(`#EXTINF:${secondsOf(segment).toFixed(5)},`, fileNames.segment(rendition, segment.msn) + queryMark);
  });
  lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${fileNames.part(rendition, window.nextPart)}${queryMark}"`);
  return `${lines.join('\n')}\n`;
}

function partLine(part: Part, rendition: Rendition): string {
  const independent = part.independent ? ',INDEPENDENT=YES' : '';
  const gap = isGap(part, rendition) ? ',GAP=YES' : '';
  const uri = fileNames.part(rendition, part.number) + queryMark;
  return `#EXT-X-PART:DURATION=${part.seconds.toFixed(5)},URI="${uri}"${independent}${gap}`;
}

/** AAC comes first: it is what every player can decode, Safari above all. */
export function multivariantPlaylist(segments: readonly Segment[]): string {
  const newest = segments.at(-1);
  if (newest === undefined) return '#EXTM3U\n';
  const { video, aac, opus } = newest.configuration;
  const offered = renditions.filter((rendition) => rendition === 'opus' || aac !== null);
  const lines = ['#EXTM3U', '#EXT-X-VERSION:9'];
  for (const rendition of offered) {
    const audio = rendition === 'aac' ? 'mp4a.40.2' : opus === null ? null : 'opus';
    const codecs = [video === null ? null : avcCodecString(video.sps), audio].filter((codec) => codec !== null);
    const attributes = [`BANDWIDTH=${peakBits(segments, rendition)}`, `CODECS="${codecs.join(',')}"`];
    if (video !== null) {
      attributes.push(`RESOLUTION=${video.width}x${video.height}`, `FRAME-RATE=${frameRate(segments).toFixed(3)}`);
    }
    lines.push(`#EXT-X-STREAM-INF:${attributes.join(',')}`, fileNames.playlist(rendition) + queryMark);
  }
  return `${lines.join('\n')}\n`;
}

function peakBits(segments: readonly Segment[], rendition: Rendition): number {
  const rates = segments.map((segment) => {
    const bytes = segment.parts.reduce((sum, part) => sum + bytesOf(part, rendition), 0);
    return (bytes * 8) / Math.max(0.3, secondsOf(segment));
  });
  return Math.max(64_000, Math.ceil(Math.max(...rates) / 1000) * 1000);
}

function frameRate(segments: readonly Segment[]): number {
  const frames = segments.reduce(
    (sum, segment) => sum + segment.parts.reduce((n, part) => n + part.video.length, 0),
    0,
  );
  const seconds = segments.reduce((sum, segment) => sum + secondsOf(segment), 0);
  return seconds === 0 ? 0 : frames / seconds;
}
