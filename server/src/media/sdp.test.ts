import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sdpOffer } from '../../test/kit/sdp-offers.ts';
import { MediaRefusal } from './engine.ts';
import { readOffer } from './sdp.ts';

describe('reading an offer', () => {
  it('finds H.264 and Opus', () => {
    const { tracks } = readOffer(sdpOffer(), 'publisher');
    expect(tracks).toMatchObject([
      { mid: '0', kind: 'video', direction: 'sendonly', codec: { pt: 102 } },
      { mid: '1', kind: 'audio', direction: 'sendonly', codec: { pt: 111 } },
    ]);
  });

  it('prefers constrained baseline among several H.264 profiles', () => {
    const high = 'a=rtpmap:98 H264/90000\r\na=fmtp:98 packetization-mode=1;profile-level-id=64001f\r\n';
    const single = 'a=rtpmap:97 H264/90000\r\na=fmtp:97 packetization-mode=0;profile-level-id=42e01f\r\n';
    const offer = sdpOffer().replace('a=rtpmap:102', `${high}${single}a=rtpmap:102`);
    expect(readOffer(offer, 'publisher').tracks[0]?.codec?.pt).toBe(102);
    const onlyHigh = offer.replaceAll('packetization-mode=1;profile-level-id=42e01f', 'packetization-mode=0');
    expect(readOffer(onlyHigh, 'publisher').tracks[0]?.codec?.pt).toBe(98);
  });

  it.each([
    ['no video', sdpOffer({ video: 'none' }), 'no video'],
    ['VP8 alone', sdpOffer({ video: 'vp8' }), 'H.264'],
    ['video the wrong way round', sdpOffer({ direction: 'recvonly' }), 'no video'],
    ['no fingerprint', sdpOffer().replace(/a=fingerprint.*\r\n/g, ''), 'fingerprint'],
    ['a mid twice', sdpOffer().replace('a=mid:1', 'a=mid:0'), 'repeats a mid'],
  ])('refuses %s in words for the sender', (_, offer, words) => {
    expect(() => readOffer(offer, 'publisher')).toThrow(words);
  });

  it('answers any text with an offer or a refusal, never another error', () => {
    const lines = sdpOffer().split('\r\n');
    const edited = fc
      .array(fc.oneof(fc.constantFrom(...lines), fc.string({ maxLength: 40 })), { maxLength: 60 })
      .map((chosen) => ['v=0', ...chosen].join('\r\n'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), edited), (text) => {
        try {
          readOffer(text, 'viewer');
        } catch (error) {
          expect(error).toBeInstanceOf(MediaRefusal);
        }
      }),
      { numRuns: 300 },
    );
  });
});
