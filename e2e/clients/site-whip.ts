/** Runs in a browser: Eyevinn's WHIP client publishes the fake camera. */
import { WHIPClient } from '@eyevinn/whip-web-client';

const wanted = new URL(location.href).searchParams;
const client = new WHIPClient({
  endpoint: wanted.get('endpoint') ?? '',
  opts: { authkey: wanted.get('key') ?? '', iceServers: [], noTrickleIce: true, timeout: 500 },
});
await client.setIceServersFromEndpoint();
const media = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
await client.ingest(media);
Object.assign(globalThis, { whip: client });
document.title = 'publishing';
