/** An SMTP server that keeps what it is given (RFC 5321, as much as one client needs). */
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Mail {
  readonly to: string;
  readonly text: string;
  /** The first address in the text. */
  readonly link: string;
}

export interface MailServer {
  readonly url: string;
  /** The newest mail to this address; waits for it. */
  to(address: string): Promise<Mail>;
  close(): void;
}

export async function mailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  const server = createServer((socket) => {
    let buffered = '';
    let receiver = '';
    let isData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 ready');
    socket.on('error', () => undefined); // the client is gone
    socket.on('data', (chunk) => {
      buffered += chunk.toString();
      for (;;) {
        const end = buffered.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = buffered.slice(0, end);
        buffered = buffered.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          const text = part
            .replace(/=\r\n/g, '')
            .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
          mails.push({ to: receiver, text, link: /https?:\/\/\S+/.exec(text)?.[0] ?? '' });
          say('250 kept');
        } else if (/^RCPT TO:<(.+)>/i.test(part)) {
          receiver = /^RCPT TO:<(.+)>/i.exec(part)?.[1] ?? '';
          say('250 yes');
        } else if (/^DATA/i.test(part)) {
          isData = true;
          say('354 go on');
        } else if (/^QUIT/i.test(part)) {
          say('221 bye');
          socket.end();
        } else say('250 yes');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    async to(wanted) {
      for (let tries = 0; tries < 200; tries++) {
        const found = mails.findLast((mail) => mail.to === wanted);
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`no mail to ${wanted}`);
    },
    close: () => server.close(),
  };
}
