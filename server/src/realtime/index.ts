export { bindCommand, type CommandBinding, type CommandCall, type RoomSocket } from './command-binding.ts';
export { type RealtimeMetrics, realtimeMetrics } from './metrics.ts';
export type { Realtime, SessionEnd } from './realtime.ts';
export { SocketServer, type SocketServerOptions } from './socket-server.ts';
export { type Admission, type BucketSize, BucketsByKey } from './token-bucket.ts';
