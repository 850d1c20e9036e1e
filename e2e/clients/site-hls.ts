/** Runs in a browser: a stock hls.js plays a playlist. */
import Hls from 'hls.js';

const wanted = new URL(location.href).searchParams;
const video = document.querySelector('video');
if (!video) throw new Error('no video element');
const hls = new Hls({ lowLatencyMode: true });
const errors: string[] = [];
hls.on(Hls.Events.ERROR, (_event, data) => errors.push(`${data.fatal ? 'fatal ' : ''}${data.details}`));
Object.assign(globalThis, { hls, errors });
hls.loadSource(wanted.get('playlist') ?? '');
hls.attachMedia(video);
await video.play();
