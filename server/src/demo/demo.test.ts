import { describe, expect, it } from 'vitest';
import { channels, chatters, lines } from './cast.ts';
import { Canvas, colour } from './film/canvas.ts';
import { readLoop } from './film/loop.ts';
import { musicOf, sampleRate } from './film/music.ts';
import { framesOf, picture } from './film/scenes.ts';
import { h264Payloads, nalUnits } from './publish/packetise.ts';
import { RtpSender } from './publish/rtp-sender.ts';

const startCode = Buffer.from([0, 0, 0, 1]);
const unit = (head: number, length: number): Buffer =>
  Buffer.concat([Buffer.from([head]), Buffer.alloc(length - 1, 7)]);

describe('packets of the demo streams', () => {
  it('carry small units whole and long ones in pieces that add up to them', () => {
    const small = unit(0x67, 20);
    const long = unit(0x65, 5_000);
    const [first, ...rest] = h264Payloads(Buffer.concat([startCode, small, startCode.subarray(1), long]));
    expect(first).toEqual(small);
    expect(rest.every((payload) => payload.length <= 1_150 && (payload.readUInt8(0) & 0x1f) === 28)).toBe(true);
    expect(rest.map((payload) => payload.readUInt8(1) & 0xc0)).toEqual([0x80, ...rest.slice(2).map(() => 0), 0x40]);
    const body = Buffer.concat(rest.map((payload) => payload.subarray(2)));
    const head = (rest[0]?.readUInt8(0) ?? 0) & 0xe0;
    expect(Buffer.concat([Buffer.from([head | ((rest[0]?.readUInt8(1) ?? 0) & 0x1f)]), body])).toEqual(long);
  });

  it('count on past the end of the sequence and of the timestamp', () => {
    const sent: Buffer[] = [];
    const sender = new RtpSender({ ssrc: 1, payloadType: 102, clockRate: 90_000, send: (packet) => sent.push(packet) });
    for (let index = 0; index < 70_000; index += 1) sender.send(Buffer.from([1]), index, true);
    const numbers = sent.map((packet) => packet.readUInt16BE(2));
    expect(numbers.every((number, index) => index === 0 || number === ((numbers[index - 1] ?? 0) + 1) % 65_536)).toBe(
      true,
    );
    expect(sent.at(-1)?.readUInt32BE(4)).toBe((69_999 * 90_000) % 2 ** 32);
  });

  it('are cut at start codes of either length', () => {
    const access = Buffer.concat([
      startCode,
      unit(0x67, 9),
      startCode,
      unit(0x68, 5),
      startCode.subarray(1),
      unit(0x65, 40),
    ]);
    expect(nalUnits(access).map((each) => each.length)).toEqual([9, 5, 40]);
  });
});

describe('pictures and music of the demo', () => {
  it.each(channels.map(({ realm }) => realm))('%s moves, and stays in the range of a video signal', (realm) => {
    const frames = framesOf(realm);
    const first = Buffer.from((frames.next().value as Canvas).bytes);
    const second = Buffer.from((frames.next().value as Canvas).bytes);
    expect(first.equals(second)).toBe(false);
    expect(first.length).toBe((picture.width * picture.height * 3) / 2);
    expect(first.every((value) => value >= 14 && value <= 240)).toBe(true);
  });

  it('last exactly one loop, without a click where it closes', () => {
    const music = musicOf('paradiso');
    expect(music.length).toBe(picture.loopSeconds * sampleRate * 2);
    const seam = Math.abs((music[0] ?? 0) - (music.at(-2) ?? 0));
    expect(seam).toBeLessThan(0.05);
    expect(music.subarray(0, sampleRate).every((sample) => Math.abs(sample) < 1)).toBe(true);
  });

  it('draw white as white', () => {
    const canvas = new Canvas(4, 4);
    canvas.rectangle(0, 0, 4, 4, colour('#ffffff'));
    expect([...canvas.bytes.subarray(0, 16)].every((value) => value >= 234)).toBe(true);
    expect([...canvas.bytes.subarray(16)].every((value) => value >= 127 && value <= 128)).toBe(true);
  });

  it('ignore a file that ends too early', () => {
    expect(readLoop(Buffer.from([0, 0, 0]))).toEqual({ video: [], audio: [] });
  });
});

describe('the people of the demo', () => {
  it('all have addresses under a name that nobody can own', () => {
    const addresses = [...channels.map(({ owner }) => owner.email), ...chatters.map(({ email }) => email)];
    expect(new Set(addresses).size).toBe(channels.length + chatters.length);
    expect(addresses.every((address) => address.endsWith('.example'))).toBe(true);
  });

  it('have something to say in every realm, within the length of a message', () => {
    for (const { realm } of channels) {
      expect(lines[realm].length).toBeGreaterThan(20);
      expect(lines[realm].every((line) => line.length > 0 && [...line].length <= 500)).toBe(true);
    }
  });
});
