/** Reads media files with node-av, as an outside player would. */
import type { Av } from '../../src/media/embedded/av/load-av.ts';
import { must } from '../../src/media/embedded/av/load-av.ts';

export interface DemuxedTrack {
  readonly codec: string;
  readonly packets: number;
  readonly keyPackets: number;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** Longest distance between two packets that follow each other. */
  readonly largestStep: number;
  readonly dtsGrows: boolean;
  /** Pictures or blocks that a decoder made of the packets. */
  readonly decoded: number;
}

export interface Demuxed {
  readonly seconds: number;
  readonly video: DemuxedTrack | null;
  readonly audio: DemuxedTrack | null;
}

export async function demux(av: Av, path: string): Promise<Demuxed> {
  const { lib, constants } = av;
  const format = new lib.FormatContext();
  must(await format.openInput(path), `opening ${path}`);
  must(await format.findStreamInfo(null), 'reading stream information');
  const readers = format.streams.map((stream) => reader(av, stream));
  const packet = new lib.Packet();
  packet.alloc();
  while ((await format.readFrame(packet)) >= 0) {
    readers[packet.streamIndex]?.take(packet);
    packet.unref();
  }
  const video = readers.find((candidate) => candidate.type === constants.AVMEDIA_TYPE_VIDEO)?.finish() ?? null;
  const audio = readers.find((candidate) => candidate.type === constants.AVMEDIA_TYPE_AUDIO)?.finish() ?? null;
  const seconds = Number(format.duration) / 1_000_000;
  packet.free();
  await format.closeInput();
  return { seconds, video, audio };
}

type Stream = InstanceType<Av['lib']['FormatContext']>['streams'][number];
type Packet = InstanceType<Av['lib']['Packet']>;

function reader(av: Av, stream: Stream) {
  const { lib } = av;
  const codec = lib.Codec.findDecoder(stream.codecpar.codecId);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  must(context.parametersToContext(stream.codecpar), 'copying parameters');
  must(context.open2Sync(codec, null), 'opening a decoder');
  const frame = new lib.Frame();
  frame.alloc();
  const toSeconds = stream.timeBase.num / stream.timeBase.den;
  let packets = 0;
  let keyPackets = 0;
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  let lastDts: number | null = null;
  let largestStep = 0;
  let dtsGrows = true;
  let decoded = 0;
  const drain = (): void => {
    while (context.receiveFrameSync(frame) >= 0) {
      decoded += 1;
      frame.unref();
    }
  };
  return {
    type: stream.codecpar.codecType,
    take: (packet: Packet): void => {
      packets += 1;
      if (packet.isKeyframe) keyPackets += 1;
      const dts = Number(packet.dts) * toSeconds;
      const pts = Number(packet.pts) * toSeconds;
      start = Math.min(start, pts);
      end = Math.max(end, pts + Number(packet.duration) * toSeconds);
      if (lastDts !== null) {
        dtsGrows &&= dts > lastDts;
        largestStep = Math.max(largestStep, dts - lastDts);
      }
      lastDts = dts;
      context.sendPacketSync(packet);
      drain();
    },
    finish: (): DemuxedTrack => {
      context.sendPacketSync(null);
      drain();
      frame.free();
      context.freeContext();
      return { codec: codec?.name ?? '', packets, keyPackets, start, end, largestStep, dtsGrows, decoded };
    },
  };
}
