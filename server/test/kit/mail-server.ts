/** An SMTP server that keeps what it is given (RFC 5321, as much as one client needs), or answers as a test says. */
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Mail {
  readonly to: string;
  readonly text: string;
  /** As it came, with its headers. */
  readonly raw: string;
  /** The first address in the text. */
  readonly link: string;
}

/** To what the client said: another answer than the usual one; null: none at all. A promise is waited for. */
export type MailScript = (line: string) => string | null | undefined | Promise<string | null | undefined>;

export interface MailServer {
  readonly url: string;
  /** All of them, oldest first. */
  readonly mails: readonly Mail[];
  /** From now on; undefined: as usual. `data` is what it is asked once a whole letter has come. */
  answer(script: MailScript | undefined): void;
  /** The newest mail to this address; waits for it. */
  to(address: string): Promise<Mail>;
  close(): void;
}

export async function mailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  let script: MailScript | undefined;
  const server = createServer((socket) => {
    let buffered = '';
    let receiver = '';
    let isData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 ready');
    socket.on('error', () => undefined); // the client is gone
    let hearing = Promise.resolve();
    socket.on('data', (chunk) => {
      buffered += chunk.toString();
      for (;;) {
        const end = buffered.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = buffered.slice(0, end);
        buffered = buffered.slice(end + (isData ? 5 : 2));
        const wasData = isData;
        isData = !wasData && /^DATA/i.test(part);
        hearing = hearing.then(() => hear(part, wasData)).catch(() => undefined); // the client is gone
      }
    });
    const hear = async (part: string, wasData: boolean): Promise<void> => {
      const other = await script?.(wasData ? 'data' : part);
      if (other === null) return;
      if (other !== undefined) {
        isData = false;
        say(other);
      } else if (wasData) {
        const text = decoded(part);
        mails.push({ to: receiver, text, raw: part, link: /https?:\/\/\S+/.exec(text)?.[0] ?? '' });
        say('250 kept');
      } else if (/^RCPT TO:<(.+)>/i.test(part)) {
        receiver = /^RCPT TO:<(.+)>/i.exec(part)?.[1] ?? '';
        say('250 yes');
      } else if (/^DATA/i.test(part)) say('354 go on');
      else if (/^QUIT/i.test(part)) {
        say('221 bye');
        socket.end();
      } else say('250 yes');
    };
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    answer(next) {
      script = next;
    },
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

const decoded = (body: string): string =>
  body
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());
