import { describe, expect, it } from 'vitest';
import { sdpOffer } from '../../../../test/kit/sdp-offers.ts';
import { silenced } from './opus-silence.ts';
import { announced, withoutEarlyCandidates } from './peer.ts';
import { addressKey, PeerAddresses, type Tenant } from './peer-addresses.ts';

describe('candidates of an offer', () => {
  const candidate = 'a=candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host';
  it('are held back when the client does not trickle', () => {
    const offer = sdpOffer({ trickle: false });
    expect(offer).toContain('a=candidate');
    expect(withoutEarlyCandidates(offer)).not.toContain('a=candidate');
  });

  it('stay in the offer of a browser that trickles', () => {
    const offer = sdpOffer().replace('a=mid:0', `a=mid:0\r\n${candidate}`);
    expect(withoutEarlyCandidates(offer)).toBe(offer);
  });

  it('are held back when the client says that they are all, as libdatachannel does', () => {
    const offer = sdpOffer().replace('a=mid:0', `a=mid:0\r\n${candidate}\r\na=end-of-candidates`);
    expect(withoutEarlyCandidates(offer)).toBe(sdpOffer());
  });
});

describe('the announced address', () => {
  const answer = [
    'm=video 40000 UDP/TLS/RTP/SAVPF 102',
    'a=candidate:1 1 UDP 2114977791 10.0.0.4 40000 typ host',
    'a=candidate:2 1 UDP 2114977535 172.17.0.1 40000 typ host',
    'a=end-of-candidates',
    'm=audio 40000 UDP/TLS/RTP/SAVPF 111',
    '',
  ].join('\r\n');

  it('takes the place of every local one, once', () => {
    const lines = announced(answer, '203.0.113.9').split('\r\n');
    expect(lines.filter((line) => line.startsWith('a=candidate'))).toEqual([
      'a=candidate:1 1 UDP 2114977791 203.0.113.9 40000 typ host',
    ]);
  });

  it('changes nothing when there is none', () => {
    expect(announced(answer, null)).toBe(answer);
  });
});

describe('a source address on the shared port', () => {
  const offer = sdpOffer({ trickle: false });
  const address = addressKey('127.0.0.1', 50_000);
  const tenant = (lastHeardAt: number): Tenant & { reason: string | null } => ({
    lastHeardAt,
    connected: false,
    closed: false,
    reason: null,
    close(reason) {
      this.reason = reason;
    },
  });

  it('is taken from a silent session when a new one comes from there', () => {
    const addresses = new PeerAddresses();
    const dead = tenant(performance.now() - 10_000);
    addresses.settle(address, dead);
    addresses.makeRoom(offer, { ...tenant(0), connected: true });
    expect(dead.reason).not.toBeNull();
  });

  it('is not taken from somebody who watches, whatever an offer claims', () => {
    const addresses = new PeerAddresses();
    const alive = tenant(performance.now());
    addresses.settle(address, alive);
    addresses.makeRoom(offer, { ...tenant(0), connected: true });
    expect(alive.reason).toBeNull();
  });
});

describe('silence', () => {
  it('keeps number and time of the packet and drops extension and padding', () => {
    const packet = Buffer.alloc(60, 1);
    packet.writeUInt8(0xb0, 0);
    const silent = silenced(packet);
    expect(silent.subarray(12)).toEqual(Buffer.of(0xf8, 0xff, 0xfe));
    expect(silent.readUInt8(0)).toBe(0x80);
    expect(silent.subarray(1, 12)).toEqual(packet.subarray(1, 12));
  });
});
