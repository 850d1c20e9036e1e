import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixtureMedia } from '../../../../test/kit/encoded-media.ts';
import { avcCodecString, parseSps } from './sps.ts';

/** From common encoders: x264 High with cropping, x264 Baseline, OpenH264 as browsers send it. */
const known = [
  { hex: '67640028acd940780227e5c044000003000400000300f03c60c658', width: 1920, height: 1080, codec: 'avc1.640028' },
  { hex: '6742c01fda014016e840000003004000000c83c60ca8', width: 1280, height: 720, codec: 'avc1.42c01f' },
];

it.each(known)('reads $width x $height of $codec', ({ hex, width, height, codec }) => {
  const sps = Buffer.from(hex, 'hex');
  expect(parseSps(sps)).toMatchObject({ width, height });
  expect(avcCodecString(sps)).toBe(codec);
});

it('reads the size of what our fixture was encoded at', () => {
  const { width, height } = fixtureMedia();
  expect(width / height).toBeCloseTo(16 / 9, 1);
});

it('gives null for what is no parameter set, and never throws', () => {
  expect(parseSps(Buffer.from('68ce3c80', 'hex'))).toBeNull();
  expect(parseSps(Buffer.of(0x67, 66, 0, 31))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const info = parseSps(Buffer.concat([Buffer.of(0x67), bytes]));
      if (info !== null) expect(info.width * info.height).toBeGreaterThan(0);
    }),
  );
});
