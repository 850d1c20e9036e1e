import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthPrefixed } from '../packager/length-prefixed.ts';
import { avcConfiguration } from '../packager/mp4/sample-entries.ts';
import { readAudioTag, readVideoTag, splitLengthPrefixed } from './flv-tags.ts';

const sps = Buffer.from('6742c01fda014016e840000003004000000c83c60ca8', 'hex');
const pps = Buffer.from('68ce3c80', 'hex');

describe('FLV tags of an encoder', () => {
  it('give parameter sets and pictures, in the old and in the enhanced form', () => {
    const record = avcConfiguration(sps, pps);
    for (const head of ['1700000000', '9061766331']) {
      const tag = readVideoTag(Buffer.concat([Buffer.from(head, 'hex'), record]));
      expect(tag).toEqual({ kind: 'configuration', sps, pps, lengthBytes: 4 });
    }
    const data = Buffer.of(0, 0, 0, 2, 0x65, 1);
    for (const head of ['1701000042', '9161766331000042']) {
      const tag = readVideoTag(Buffer.concat([Buffer.from(head, 'hex'), data]));
      expect(tag).toEqual({ kind: 'picture', isKey: true, compositionMs: 0x42, data });
    }
    const delta = readVideoTag(Buffer.concat([Buffer.from('2701ffffff', 'hex'), data]));
    expect(delta).toMatchObject({ kind: 'picture', isKey: false, compositionMs: -1 });
  });

  it('name what we cannot take', () => {
    expect(readVideoTag(Buffer.from('9068766331000000', 'hex'))).toEqual({ kind: 'unsupported', codec: 'HEVC' });
    expect(readVideoTag(Buffer.from('12000000000000', 'hex'))).toMatchObject({ kind: 'unsupported' });
    expect(readAudioTag(Buffer.from('2f000000', 'hex'))).toMatchObject({ kind: 'unsupported' });
  });

  it('give AAC and how to decode it', () => {
    expect(readAudioTag(Buffer.from('af001190', 'hex'))).toEqual({
      kind: 'configuration',
      config: Buffer.from('1190', 'hex'),
    });
    expect(readAudioTag(Buffer.from('af01aabb', 'hex'))).toEqual({ kind: 'frame', data: Buffer.from('aabb', 'hex') });
    // A configuration that no decoder should be opened with.
    expect(readAudioTag(Buffer.from('af00ffff', 'hex'))).toEqual({ kind: 'other' });
  });

  it('split pictures into the NAL units that were joined', () => {
    const nal = fc.uint8Array({ minLength: 1, maxLength: 50 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(nal, { maxLength: 8 }), (nals) => {
        expect(splitLengthPrefixed(lengthPrefixed(nals), 4)).toEqual(nals);
      }),
    );
  });

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(1, 2, 3, 4), (bytes, lengthBytes) => {
        const body = Buffer.from(bytes);
        readVideoTag(body);
        readAudioTag(body);
        splitLengthPrefixed(body, lengthBytes);
      }),
    );
  });
});
