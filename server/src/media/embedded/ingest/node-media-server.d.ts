/** The protocol parser of node-media-server, which ships no types. Only what `rtmp-connection.ts` uses. */
declare module 'node-media-server/src/protocol/rtmp.js' {
  interface AvPacket {
    /** 8 sound, 9 picture, 18 data. */
    readonly codec_type: number;
    readonly dts: number;
    readonly size: number;
    /** Reused by the parser, and longer than `size`. */
    readonly data: Buffer;
  }

  class Rtmp {
    onConnectCallback: (request: { app: unknown; name: unknown }) => void;
    onPlayCallback: () => void;
    onPushCallback: () => void;
    onPacketCallback: (packet: AvPacket) => void;
    onOutputCallback: (bytes: Buffer) => void;
    readonly inPackets: ReadonlyMap<number, unknown>;
    readonly inChunkSize: number;
    readonly parserPacket: { readonly header: { readonly length: number } };
    readonly streamId: number;
    parserData(bytes: Buffer): string | null;
    packetAlloc(): void;
    respondPublish(): void;
    sendStatusMessage(streamId: number, level: string, code: string, description: string): void;
  }
  export = Rtmp;
}
