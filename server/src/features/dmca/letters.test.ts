/** What a claimant without an account gets by e-mail, over a real SMTP connection. */
import { dmca } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { cookieOf, type NewPerson, TestClient, testApp } from '../../../test/kit/app.ts';
import { mailServer } from '../../../test/kit/mail-server.ts';

test('a claimant gets the status link, and the copy of a counter-notice with the day of the put-back', async () => {
  const mails = await mailServer();
  const app = await testApp({ env: { SMTP_URL: mails.url } });
  try {
    /** Where mail is sent, an address has to be confirmed before anyone is let in. */
    const confirmed = async (person: NewPerson) => {
      const { email, id, password } = await app.signUp(person);
      await fetch((await mails.to(email)).link, { redirect: 'manual' });
      const signedIn = await app.stranger().auth('/sign-in/email', { email, password });
      return { id, client: new TestClient(app.url, { cookie: cookieOf(signedIn) }) };
    };
    const creator = await confirmed({ tier: 'pro' });
    const admin = await confirmed({ role: 'admin' });
    const videoId = uuidv7();
    await app.storage.sql(
      `insert into videos (id, channel_id, title, duration_ms, size_bytes, is_public, file_key, created_at, updated_at)
       values ($1, $2, 'A video', 1000, 10, true, 'none.mp4', now(), now())`,
      [videoId, creator.id],
    );
    const sent = await app.stranger().call(dmca.sendNotice, {
      body: {
        target: { type: 'video', id: videoId },
        claimant: { name: 'Rita Holder', address: 'A street', email: 'rita@holder.example' },
        claimedWork: 'A song',
        materialUrl: `${app.url}/videos/${videoId}`,
        goodFaith: true,
        accuracyUnderPerjury: true,
        signature: 'Rita Holder',
      },
    });
    const first = await mails.to('rita@holder.example');
    expect(first.link).toBe(sent.statusUrl);
    const { searchParams } = new URL(first.link);
    const params = { id: sent.id };
    const token = searchParams.get('token') ?? '';
    const followed = await app.stranger().call(dmca.getMatter, { params, query: { token } });
    expect(followed.status).toBe('valid');

    await admin.client.call(dmca.approveNotice, { params, body: { reason: 'Plain to hear.' } });
    const answered = await creator.client.call(dmca.sendCounterNotice, {
      params,
      body: {
        name: 'Mira Voss',
        address: 'Gasse 1\n1010 Wien',
        email: 'mira@voss.example',
        phone: '+43 1 5550100',
        materialLocation: 'The video',
        goodFaithUnderPerjury: true,
        consentToJurisdiction: true,
        acceptService: true,
        signature: 'Mira Voss',
      },
    });
    await expect.poll(async () => (await mails.to('rita@holder.example')).text).toContain('1010 Wien');
    const copy = await mails.to('rita@holder.example');
    expect(copy.text).toContain(answered.putBackAt?.slice(0, 10));
  } finally {
    await app.close();
    mails.close();
  }
});
