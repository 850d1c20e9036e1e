/**
 * Reads the SDP offers of WHIP and WHEP clients: which H.264 and Opus payload types they can do, on which m-lines.
 * An offer that we cannot serve is refused here with a sentence for its sender, before native code sees it.
 */
import { MediaRefusal } from './engine.ts';

/** Chromium's largest offers have about 10 kB. */
const maxOfferBytes = 64 * 1024;
const maxSections = 24;

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface Codec {
  readonly pt: number;
  /** `a=fmtp` parameters as sent, empty without. */
  readonly fmtp: string;
}

export interface OfferedTrack {
  readonly mid: string;
  readonly kind: 'video' | 'audio';
  readonly direction: Direction;
  /** H.264 with packetization-mode 1 for video, Opus for audio; null when the offer has neither. */
  readonly codec: Codec | null;
}

export interface Offer {
  readonly sdp: string;
  readonly tracks: readonly OfferedTrack[];
}

/** What every media section must have, itself or from the session (RFC 8839, 8122, 4145). */
const transport = {
  'ice-ufrag': /^[A-Za-z0-9+/]{4,256}$/,
  'ice-pwd': /^[A-Za-z0-9+/]{22,256}$/,
  fingerprint: /^[a-z0-9-]+ [0-9a-f]{2}(:[0-9a-f]{2}){19,63}$/i,
  setup: /^(actpass|active|passive)$/,
};

interface Section {
  readonly kind: string;
  readonly lines: readonly string[];
}

/** `role` is the sender's: a publisher sends media to us, a viewer receives. Throws `MediaRefusal('invalid')`. */
export function readOffer(sdp: string, role: 'publisher' | 'viewer'): Offer {
  if (sdp.length > maxOfferBytes) throw invalid('The offer is too long to be SDP of a browser.');
  if (!sdp.startsWith('v=0')) throw invalid('The body is not an SDP offer.');
  // Line ends are normalised: some clients send bare line feeds, which the native parser reads differently.
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '');
  if (lines.some((line) => !/^[a-z]=[^\0\r]*$/.test(line))) throw invalid('The body is not an SDP offer.');
  const { session, sections } = cut(lines);
  if (sections.length === 0) throw invalid('The offer has no media.');
  if (sections.length > maxSections) throw invalid('The offer has too many media lines.');
  for (const [attribute, form] of Object.entries(transport)) {
    const common = attributeOf(session, attribute);
    for (const section of sections) {
      if (isRejected(section)) continue;
      const value = attributeOf(section.lines, attribute) ?? common;
      if (value === null) throw invalid(`The offer lacks a=${attribute}.`);
      if (!form.test(value)) throw invalid(`The offer has a malformed a=${attribute}.`);
    }
  }
  const tracks = sections.filter((s) => s.kind === 'video' || s.kind === 'audio').map(readTrack);
  if (new Set(tracks.map((track) => track.mid)).size !== tracks.length) throw invalid('The offer repeats a mid.');
  const away = role === 'publisher' ? 'recvonly' : 'sendonly';
  const usable = tracks.filter((track) => track.direction !== away && track.direction !== 'inactive');
  if (!usable.some((track) => track.kind === 'video')) throw invalid('The offer has no video.');
  if (!usable.some((track) => track.kind === 'video' && track.codec !== null)) {
    throw invalid('The offer has no H.264 with packetization-mode=1. Choose H.264 as video codec.');
  }
  return { sdp: `${lines.join('\r\n')}\r\n`, tracks };
}

function cut(lines: readonly string[]): { session: string[]; sections: Section[] } {
  const session: string[] = [];
  const sections: { kind: string; lines: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push({ kind: line.slice(2).split(' ')[0] ?? '', lines: [line] });
    else (sections.at(-1)?.lines ?? session).push(line);
  }
  return { session, sections };
}

function isRejected(section: Section): boolean {
  return section.lines[0]?.split(' ')[1] === '0' && attributeOf(section.lines, 'bundle-only') === null;
}

function readTrack(section: Section): OfferedTrack {
  const kind = section.kind === 'video' ? 'video' : 'audio';
  const mid = attributeOf(section.lines, 'mid');
  if (mid === null || !/^[\w!#$%&'*+.^`{|}~-]{1,64}$/.test(mid)) throw invalid('A media line has no usable a=mid.');
  return { mid, kind, direction: directionOf(section), codec: kind === 'video' ? h264Of(section) : opusOf(section) };
}

function directionOf(section: Section): Direction {
  for (const direction of ['sendonly', 'recvonly', 'inactive'] as const) {
    if (section.lines.includes(`a=${direction}`)) return direction;
  }
  return isRejected(section) ? 'inactive' : 'sendrecv';
}

/** Constrained baseline first: every browser decodes it. A publisher may only have another profile; that is fine. */
function h264Of(section: Section): Codec | null {
  const all = codecsNamed(section, /^H264\/90000$/i).filter((codec) =>
    /(^|;|\s)packetization-mode=1(;|\s|$)/.test(codec.fmtp),
  );
  const level = (codec: Codec): number => {
    const profile = /profile-level-id=([0-9a-f]{6})/i.exec(codec.fmtp)?.[1]?.toLowerCase() ?? '';
    return profile === '42e01f' ? 0 : profile.startsWith('42e0') ? 1 : profile.startsWith('42') ? 2 : 3;
  };
  return all.toSorted((a, b) => level(a) - level(b))[0] ?? null;
}

function opusOf(section: Section): Codec | null {
  return codecsNamed(section, /^opus\/48000\/2$/i)[0] ?? null;
}

function codecsNamed(section: Section, name: RegExp): Codec[] {
  const codecs: Codec[] = [];
  for (const line of section.lines) {
    const match = /^a=rtpmap:(\d{1,3}) (\S+)$/.exec(line);
    if (match === null || !name.test(match[2] as string)) continue;
    const pt = Number(match[1]);
    if (pt > 127) continue;
    const fmtp = section.lines.find((candidate) => candidate.startsWith(`a=fmtp:${pt} `));
    codecs.push({ pt, fmtp: fmtp?.slice(`a=fmtp:${pt} `.length) ?? '' });
  }
  return codecs;
}

function attributeOf(lines: readonly string[], attribute: string): string | null {
  const line = lines.find((candidate) => candidate === `a=${attribute}` || candidate.startsWith(`a=${attribute}:`));
  return line === undefined ? null : line.slice(attribute.length + 3);
}

function invalid(message: string): MediaRefusal {
  return new MediaRefusal('invalid', message);
}
