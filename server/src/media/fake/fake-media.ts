/** What the fake engine answers in place of media: SDP that fits the offer, a playlist, a still. */
import type { HlsAnswer, HlsRequest } from '../engine.ts';
import type { Offer } from '../sdp.ts';
import type { FakeRoom } from './fake-room.ts';

/** A valid one-pixel WebP. */
export const onePixelWebp = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

export function fakeAnswer(offer: Offer, direction: 'recvonly' | 'sendonly'): string {
  const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  for (const track of offer.tracks) {
    const { codec } = track;
    if (codec === null) {
      lines.push(`m=${track.kind} 0 UDP/TLS/RTP/SAVPF 0`, `a=mid:${track.mid}`, 'a=inactive');
      continue;
    }
    lines.push(`m=${track.kind} 9 UDP/TLS/RTP/SAVPF ${codec.pt}`, 'c=IN IP4 0.0.0.0', `a=mid:${track.mid}`);
    lines.push(`a=${direction}`, 'a=rtcp-mux', 'a=setup:active', 'a=ice-ufrag:fake', `a=ice-pwd:${'0'.repeat(24)}`);
    lines.push(`a=rtpmap:${codec.pt} ${track.kind === 'video' ? 'H264/90000' : 'opus/48000/2'}`);
    if (codec.fmtp !== '') lines.push(`a=fmtp:${codec.pt} ${codec.fmtp}`);
    lines.push(`a=fingerprint:sha-256 ${Array(32).fill('00').join(':')}`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

const fakeSegment = Buffer.from('fake segment');

export function fakePlaylist(room: FakeRoom, request: HlsRequest): HlsAnswer {
  const text = (status: HlsAnswer['status'], body: string): HlsAnswer => ({
    status,
    contentType: 'application/vnd.apple.mpegurl',
    maxAgeSeconds: 0,
    body: Buffer.from(body),
  });
  if (room.receivedMs === 0) return text(503, '');
  if (request.msn !== undefined && request.msn > 3) return text(400, '');
  const query = request.uriQuery === undefined ? '' : `?${request.uriQuery}`;
  if (request.file === 'index.m3u8') {
    return text(200, `#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-STREAM-INF:BANDWIDTH=1000000\nvideo.m3u8${query}\n`);
  }
  if (request.file === 'video.m3u8') {
    const head = '#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:1\n';
    return text(200, `${head}#EXT-X-MAP:URI="init.mp4${query}"\n#EXTINF:2.0,\nseg-1.m4s${query}\n`);
  }
  if (request.file === 'init.mp4' || request.file === 'seg-1.m4s') {
    return { status: 200, contentType: 'video/mp4', maxAgeSeconds: 3600, body: fakeSegment };
  }
  return text(404, '');
}
