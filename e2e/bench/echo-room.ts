/** The floor to compare with: a stock Socket.IO room that acknowledges and sends on, and does nothing else. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const rooms = new Server(http);
rooms.on('connection', (socket) => {
  socket.on('join-stream', async ({ streamId }, acknowledge) => {
    await socket.join(streamId);
    acknowledge({ ok: true });
  });
  socket.on('chat-message', (payload, acknowledge) => {
    acknowledge({ ok: true });
    rooms.to(payload.streamId).emit('chat-message', payload);
  });
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');
process.send?.(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
