/** The door of recordings. */
export { factsOf as findVideoFacts, getVideo, standingOn as standingOnVideo } from './browse.ts';
export type { VideoDeps } from './deps.ts';
export type { VideoCommentsSwitched } from './events.ts';
export { keepRecordings } from './keep-recording.ts';
export { videoGate } from './media-gate.ts';
export { maySee } from './policy.ts';
export { videoRoutes } from './routes.ts';
export { VideoFiles } from './video-files.ts';
