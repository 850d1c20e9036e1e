/** E-mail, where the instance has an SMTP server. Without one the library is never loaded. */
export interface MailLetter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** With its angle brackets. */
  readonly messageId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Mailer {
  sendVerification(to: string, url: string): Promise<void>;
  sendPasswordReset(to: string, url: string): Promise<void>;
  /** Any letter, ready as it is. Throws what the library reports, with the server's answer. */
  sendLetter(letter: MailLetter): Promise<void>;
  close(): void;
}

export async function createMailer(smtpUrl: string, publicUrl: string): Promise<Mailer> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // What people wrote is in letters: it must not make the library read files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const from = `Virgil <no-reply@${new URL(publicUrl).hostname}>`;
  const send = async (to: string, subject: string, text: string): Promise<void> => {
    await transport.sendMail({ from, to, subject, text });
  };
  return {
    sendVerification: (to, url) =>
      send(
        to,
        'Confirm your e-mail address · E-Mail-Adresse bestätigen',
        `Open this link to confirm your address:\nÖffne diesen Link, um deine Adresse zu bestätigen:\n\n${url}\n`,
      ),
    sendPasswordReset: (to, url) =>
      send(
        to,
        'Set a new password · Neues Passwort setzen',
        `Open this link within an hour to set a new password. If you did not ask for it, do nothing.\nÖffne diesen Link innerhalb einer Stunde, um ein neues Passwort zu setzen. Hast du das nicht verlangt, ist nichts zu tun.\n\n${url}\n`,
      ),
    sendLetter: async ({ headers, ...letter }) => {
      await transport.sendMail({ from, ...letter, ...(headers === undefined ? {} : { headers: { ...headers } }) });
    },
    close: () => transport.close(),
  };
}
