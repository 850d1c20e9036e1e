/**
 * Run with --expose-gc: a publisher sends to a peer of ours and to one that does as the library's examples do and
 * keeps no reference to its track, while garbage is collected all the time. Prints how many packets each received.
 */
import { PeerConnection, Video } from 'node-datachannel';
import { Peer } from '../../src/media/embedded/sfu/peer.ts';
import { PeerAddresses } from '../../src/media/embedded/sfu/peer-addresses.ts';
import { readOffer } from '../../src/media/sdp.ts';
import { RtpPublisher } from './rtp-publisher.ts';

const collect = (): void => {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  void globalThis.gc();
};
const received = { held: 0, dropped: 0, sent: 0 };

const network = { bindAddress: '127.0.0.1', udpPort: 0, announcedIp: null, addresses: new PeerAddresses() };
const ours = new Peer('held', network, { connected: () => {}, gone: () => {}, failed: () => {} });

async function intoOurs(offer: string): Promise<string> {
  const read = readOffer(offer, 'publisher');
  const count = (packet: Buffer): void => {
    if (packet.readUInt8(1) < 192 || packet.readUInt8(1) > 223) received.held += 1;
  };
  const plans = read.tracks.map((offered) => ({ offered, direction: 'RecvOnly' as const, received: count }));
  return ours.answer(read.sdp, plans);
}

const careless = new PeerConnection('dropped', {
  iceServers: [],
  bindAddress: '127.0.0.1',
  disableAutoNegotiation: true,
  forceMediaTransport: true,
});

async function intoCareless(offer: string): Promise<string> {
  for (const mid of ['0', '1']) {
    const media = new Video(mid, 'RecvOnly');
    media.addH264Codec(102);
    careless.addTrack(media).onMessage(() => {
      received.dropped += 1;
    });
  }
  const gathered = new Promise<void>((resolve) => {
    careless.onGatheringStateChange((state) => {
      if (state === 'complete') resolve();
    });
  });
  careless.setRemoteDescription(offer.replaceAll(/a=candidate.*\r\n|a=end-of-candidates\r\n/g, ''), 'offer');
  collect();
  careless.setLocalDescription('answer');
  await gathered;
  return careless.localDescription()?.sdp ?? '';
}

const timer = setInterval(collect, 20);
const publishers = [new RtpPublisher(), new RtpPublisher()] as const;
await publishers[0].publish(intoOurs);
await publishers[1].publish(intoCareless);
await new Promise((resolve) => setTimeout(resolve, 2_500));
clearInterval(timer);
received.sent = publishers[0].video.packets + publishers[0].audio.packets;
process.stdout.write(JSON.stringify(received), () => process.exit(0));
