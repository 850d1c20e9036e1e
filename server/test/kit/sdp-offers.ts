/** Offers as browsers send them, for tests that need no media to flow. */

interface OfferParts {
  readonly direction?: 'sendonly' | 'recvonly';
  readonly video?: 'h264' | 'vp8' | 'none';
  readonly trickle?: boolean;
}

export function sdpOffer({ direction = 'sendonly', video = 'h264', trickle = true }: OfferParts = {}): string {
  const transport = [
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:a1b2',
    'a=ice-pwd:0123456789abcdef01234567',
    ...(trickle ? ['a=ice-options:trickle'] : ['a=candidate:1 1 udp 2130706431 127.0.0.1 50000 typ host']),
    `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`,
    'a=setup:actpass',
    `a=${direction}`,
    'a=rtcp-mux',
  ];
  const h264 = [
    'a=rtpmap:102 H264/90000',
    'a=rtcp-fb:102 nack',
    'a=rtcp-fb:102 nack pli',
    'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  ];
  const vp8 = ['a=rtpmap:96 VP8/90000'];
  const lines = ['v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  lines.push(`a=group:BUNDLE ${video === 'none' ? '1' : '0 1'}`);
  if (video !== 'none') {
    lines.push(`m=video 9 UDP/TLS/RTP/SAVPF ${video === 'h264' ? 102 : 96}`, 'a=mid:0', ...transport);
    lines.push(...(video === 'h264' ? h264 : vp8));
  }
  lines.push('m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:1', ...transport, 'a=rtpmap:111 opus/48000/2');
  lines.push('a=fmtp:111 minptime=10;useinbandfec=1');
  return `${lines.join('\r\n')}\r\n`;
}
