import { accounts, dossiers, livestreams, penalties, reports, review, type UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { makeLine, makeReviewItem } from '../../../test/kit/review-items.ts';
import { issueStrike } from '../strikes/index.ts';

let app: TestApp;
let admin: SignedIn;
let vic: SignedIn;
let reporter: SignedIn;
beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ role: 'admin' });
  vic = await app.signUp({ tier: 'pro', name: 'Vic Dossier' });
  reporter = await app.signUp();
  const { livestream } = await vic.call(livestreams.startLivestream, { body: { title: 'A night of songs' } });
  await reporter.call(reports.createReport, {
    body: { subject: { type: 'livestream', id: livestream.id }, reason: 'hate', description: 'At minute two.' },
  });
  await strike(vic.id);
  await admin.call(penalties.banUser, { params: { id: vic.id }, body: { reason: 'Fake giveaways.' } });
  await app.settle();
});
afterAll(() => app.close());

const strike = (userId: UserId) =>
  app.storage.database.asSystem('a test', (tx) =>
    issueStrike(tx, {
      userId,
      reason: 'Rule 2.',
      category: 'hate',
      source: { kind: 'admin', id: uuidv7() },
      issuedBy: admin.id,
      at: new Date(),
    }),
  );
const params = () => ({ id: vic.id });

describe('the list of people', () => {
  it('says how everybody stands, counts it, and is filtered by it', async () => {
    const warned = await app.signUp({ name: 'Warned Walter' });
    await strike(warned.id);
    const list = (standing: 'active' | 'warned' | 'banned') =>
      admin.call(accounts.listUsers, { query: { standing, limit: 100 } });
    expect((await list('banned')).items).toMatchObject([
      { displayName: 'Vic Dossier', standing: 'banned', activeStrikes: 1 },
    ]);
    expect((await list('warned')).items).toMatchObject([{ displayName: 'Warned Walter', standing: 'warned' }]);
    const { counts, items } = await list('active');
    expect(items.map(({ id }) => id).sort()).toEqual([admin.id, reporter.id].sort());
    expect(counts).toMatchObject({ all: 4, active: 2, warned: 1, banned: 1 });
  });
});

describe('a dossier', () => {
  it('holds what is known about a person', async () => {
    const dossier = await admin.call(dossiers.getDossier, { params: params() });
    expect(dossier).toMatchObject({
      user: { displayName: 'Vic Dossier', standing: 'banned', activeStrikes: 1, email: vic.email },
      streams: { all: 1 },
      reports: { about: { pending: 1, approved: 0, rejected: 0 }, by: { pending: 0 } },
      strikes: [{ reason: 'Rule 2.', active: true }],
      penalties: [{ reason: 'Fake giveaways.', active: true, issuedBy: { id: admin.id } }],
      appeals: [],
      money: [],
      mayDecide: true,
    });
    expect((await admin.call(dossiers.getDossier, { params: { id: admin.id } })).mayDecide).toBe(false);
    const ofReporter = await admin.call(dossiers.getDossier, { params: { id: reporter.id } });
    expect(ofReporter.reports.by.pending).toBe(1);
  });

  it('is a line of time, page by page, filtered by what happened', async () => {
    const kinds: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.call(dossiers.getUserHistory, {
        params: params(),
        query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) },
      });
      kinds.push(...page.items.map(({ kind }) => kind));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(kinds).toHaveLength(new Set(kinds.map((kind, index) => `${kind} ${index}`)).size);
    for (const kind of ['joined', 'stream_started', 'stream_ended', 'report_about', 'strike', 'penalty', 'notice']) {
      expect(kinds).toContain(kind);
    }
    expect(kinds.at(-1)).toBe('joined');
    const bans = await admin.call(dossiers.getUserHistory, { params: params(), query: { kind: 'penalty' } });
    expect(bans.items).toMatchObject([
      { words: 'Fake giveaways.', note: 'permanent', by: admin.name, byId: admin.id, goal: { type: 'statement' } },
    ]);
  });

  it('shows what the person wrote last with its scores, and every decision with who made it and where it stands', async () => {
    const nora = await app.signUp({ name: 'Nora' });
    const author = { kind: 'person', userId: nora.id, role: 'user' } as const;
    const channel = { kind: 'person', userId: vic.id, role: 'user' } as const;
    const [stream] = await app.storage.sql<{ id: string }>('select id from livestreams where channel_id = $1', [
      vic.id,
    ]);
    const streamId = stream?.id ?? '';
    await makeLine(app.storage, { streamId, channel, author, text: 'good evening', score: 0.02 });
    const itemId = await makeReviewItem(app.storage, { author, channel, streamId, text: 'a held line', score: 0.72 });
    await admin.call(review.rejectItem, { params: { id: itemId }, body: { reason: 'Insults' } });
    const ask = async (of: 'messages' | 'decisions') =>
      (await admin.call(dossiers.getUserHistory, { params: { id: nora.id }, query: { of, limit: 20 } })).items;
    expect(
      (await ask('messages')).toSorted((one, other) => ((one.words ?? '') < (other.words ?? '') ? -1 : 1)),
    ).toMatchObject([
      {
        words: 'a held line',
        note: 'rejected',
        score: { riskScore: expect.closeTo(0.72) },
        goal: { type: 'item', id: itemId },
      },
      { words: 'good evening', note: 'published', goal: { type: 'stream', id: streamId } },
    ]);
    expect(await ask('decisions')).toMatchObject([
      {
        kind: 'review_decision',
        note: 'reject',
        words: 'Insults',
        by: admin.name,
        byId: admin.id,
        goal: { type: 'item', id: itemId },
      },
    ]);
  });

  it('can be taken along as a file', async () => {
    const response = await admin.fetch(`/api/admin/users/${vic.id}/export`);
    expect(response.headers.get('content-disposition')).toContain(`dossier-${vic.id}`);
    const file = (await response.json()) as { user: { displayName: string }; history: unknown[] };
    expect(file.user.displayName).toBe('Vic Dossier');
    expect(file.history.length).toBeGreaterThan(5);
  });

  it('is not there for nobody, and not for others than admins', async () => {
    expect((await admin.attempt(dossiers.getDossier, { params: { id: 'nobody' as UserId } })).problem?.code).toBe(
      'not_found',
    );
    expect((await admin.attempt(dossiers.getUserHistory, { params: { id: 'nobody' as UserId } })).problem?.code).toBe(
      'not_found',
    );
    expect((await reporter.attempt(dossiers.getDossier, { params: params() })).problem?.code).toBe('not_allowed');
  });
});
