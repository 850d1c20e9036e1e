import { type PolicyContent, policies } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { listRules, resolvePolicyReference, ruleAbout, ruleCalled } from './index.ts';

let app: TestApp;
let ana: SignedIn;
let ed: SignedIn;
beforeAll(async () => {
  app = await testApp();
  ana = await app.signUp({ role: 'admin', name: 'Ana' });
  ed = await app.signUp({ role: 'admin', name: 'Ed' });
});
afterAll(() => app.close());

const of = (policy: string) => ({ params: { policy } });
const read = (version: number) =>
  app.stranger().call(policies.getPolicyVersion, { params: { policy: 'community-rules', version: String(version) } });
const resolve = (reference: string) =>
  app.storage.database.asSystem('a test', (tx) => resolvePolicyReference(tx, reference, app.app.clock.now()));
const offered = () => app.storage.database.asSystem('a test', (tx) => listRules(tx, app.app.clock.now()));

async function draftWith(change: (content: PolicyContent) => void): Promise<policies.PolicyDraft> {
  const [current] = (await app.stranger().call(policies.listPolicies, {})).items;
  if (current === undefined) throw new Error('no policy');
  const content = policies.policyContent.parse(
    Object.fromEntries(Object.keys(policies.policyContent.shape).map((key) => [key, current[key as 'title']])),
  );
  change(content);
  return ana.call(policies.savePolicyDraft, { ...of('community-rules'), body: { revision: 0, content } });
}
const insultsOf = (content: PolicyContent) => {
  const rule = content.categories.flatMap(({ rules }) => rules).find(({ id }) => id === 'insults');
  if (rule === undefined) throw new Error('no such rule');
  return rule;
};

describe('a policy', () => {
  it('is there from the first start, for everybody, in the order of the page', async () => {
    const { items } = await app.stranger().call(policies.listPolicies, {});
    expect(items.map(({ id, inForce, version }) => [id, version, inForce])).toEqual([
      ['community-rules', 1, 1],
      ['reporting', 1, 1],
      ['copyright', 1, 1],
      ['repeat-infringers', 1, 1],
    ]);
    expect(items[0]).toMatchObject({ author: null, categories: [{ id: 'people' }, {}, {}, {}] });
  });

  it('gets a next version: who had the older one named still leads to its words', async () => {
    const draft = await draftWith((content) => {
      insultsOf(content).text = { en: 'Be kind.', de: 'Sei freundlich.' };
    });
    expect(draft).toMatchObject({ revision: 1, baseVersion: 1, updatedBy: { displayName: 'Ana' } });
    // A draft is nobody's law yet.
    expect((await offered()).find(({ reference }) => reference.includes('/2#'))).toBeUndefined();
    const published = await ed.call(policies.publishPolicy, { ...of('community-rules'), body: { revision: 1 } });
    expect(published).toMatchObject({ version: 2, inForce: 2, author: { displayName: 'Ed' } });
    expect(insultsOf(published).text.en).toBe('Be kind.');
    expect((await resolve('community-rules/1#insults'))?.rule?.text.en).toContain('Do not insult');
    expect((await resolve('community-rules/2#insults'))?.rule?.text.en).toBe('Be kind.');
    expect(insultsOf(await read(1)).text.en).toContain('Do not insult');
    expect((await read(1)).versions.map(({ version }) => version)).toEqual([2, 1]);
    expect((await offered()).find(({ reference }) => reference === 'community-rules/2#insults')).toMatchObject({
      number: '1.3',
      category: 'toxicity',
    });
    const gone = await ana.attempt(policies.getPolicyDraft, of('community-rules'));
    expect(gone.problem?.code).toBe('not_found');
  });

  it('leaves one entry in the audit log when it is published, and none while it is written', async () => {
    const entries = await app.storage.sql<{ type: string; entity_id: string }>(
      `select type, entity_id from audit_index where type = 'POLICY_PUBLISHED'
       union all select type, entity_id from audit_outbox where type = 'POLICY_PUBLISHED'`,
    );
    expect(entries).toEqual([{ type: 'POLICY_PUBLISHED', entity_id: 'community-rules/2' }]);
  });

  it('can be announced for a later day, and holds from that day on', async () => {
    const draft = await draftWith((content) => {
      content.summary = { en: 'Shorter.', de: 'Kürzer.' };
    });
    const tomorrow = new Date(app.app.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    const body = { revision: draft.revision, effectiveFrom: tomorrow };
    const announced = await ana.call(policies.publishPolicy, { ...of('community-rules'), body });
    expect(announced).toMatchObject({ version: 3, inForce: 2, effectiveFrom: tomorrow });
    const about = (category: 'toxicity') =>
      app.storage.database.asSystem('a test', (tx) => ruleAbout(tx, category, app.app.clock.now()));
    expect(await about('toxicity')).toBe('community-rules/2#insults');
    // Nobody is judged by it before.
    expect(await resolve('community-rules/3#insults')).toBeNull();
    await app.advance(86_400_000);
    expect((await resolve('community-rules/3#insults'))?.rule?.id).toBe('insults');
    expect((await app.stranger().call(policies.listPolicies, {})).items[0]).toMatchObject({ version: 3, inForce: 3 });
    expect(await about('toxicity')).toBe('community-rules/3#insults');
    const called = (rule: string) =>
      app.storage.database.asSystem('a test', (tx) => ruleCalled(tx, rule, app.app.clock.now()));
    expect([await called('three-strikes'), await called('nothing')]).toEqual([
      'repeat-infringers/1#three-strikes',
      null,
    ]);
  });

  it('never changes once it is published, not by the system and not by the owner of the table', async () => {
    for (const change of [
      `update policy_versions set content = '{}' where version = 1`,
      `update policy_versions set effective_from = '2030-01-01' where version = 2`,
      `update policy_versions set published_by = '${ana.id}' where version = 2`,
      'delete from policy_versions where version = 2',
      'truncate policy_versions',
    ]) {
      await expect(app.storage.sql(change)).rejects.toThrow('never changes');
    }
    // The one thing that may go is the name of an author who is gone.
    await app.storage.sql('update policy_versions set published_by = null where version = 2');
    expect((await read(2)).author).toBeNull();
  });

  it('is saved and published by one person at a time: whoever comes second is told who was first', async () => {
    const draft = await draftWith((content) => {
      content.summary = { en: 'Another.', de: 'Noch eine.' };
    });
    const save = (who: SignedIn) =>
      who.attempt(policies.savePolicyDraft, {
        ...of('community-rules'),
        body: { revision: draft.revision, content: draft.content },
      });
    const both = await Promise.all([save(ana), save(ed)]);
    expect(both.map(({ problem }) => problem?.code ?? 'saved').sort()).toEqual(['already_decided', 'saved']);
    const publish = (who: SignedIn) =>
      who.attempt(policies.publishPolicy, { ...of('community-rules'), body: { revision: draft.revision + 1 } });
    const outcomes = await Promise.all([publish(ana), publish(ed)]);
    expect(outcomes.filter(({ problem }) => problem === null)).toHaveLength(1);
    const [{ versions }] = (await app.storage.sql<{ versions: number }>(
      `select count(*)::integer as versions from policy_versions where policy_id = 'community-rules'`,
    )) as [{ versions: number }];
    expect(versions).toBe(4);
  });

  it('is refused without a change, with a rule twice, and for a day that is over', async () => {
    const same = await draftWith(() => undefined);
    const publish = (body: { revision: number; effectiveFrom?: string }) =>
      ana.attempt(policies.publishPolicy, { ...of('community-rules'), body });
    expect((await publish({ revision: same.revision })).problem?.errors).toMatchObject([{ path: 'revision' }]);
    const past = await publish({ revision: same.revision, effectiveFrom: '2020-01-01' });
    expect(past.problem?.code).toBe('invalid');
    const [first] = same.content.categories;
    if (first === undefined) throw new Error('no rules');
    const twice = { ...same.content, categories: [first, { ...first, id: 'again' }] };
    const saved = await ana.attempt(policies.savePolicyDraft, {
      ...of('community-rules'),
      body: { revision: same.revision, content: twice },
    });
    expect(saved.problem?.code).toBe('invalid');
    await ana.call(policies.discardPolicyDraft, of('community-rules'));
  });
});
