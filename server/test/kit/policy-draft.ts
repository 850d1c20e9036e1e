/** A draft of the reporting policy that differs from the version in force, written behind the features' backs. */
import type { PolicyContent } from '@virgil/contract';
import type { TestDatabase } from './database.ts';

export interface DraftOfPolicy {
  readonly policy: string;
  readonly revision: number;
  readonly content: PolicyContent;
}

export async function makePolicyDraft(db: TestDatabase): Promise<DraftOfPolicy> {
  const policy = 'reporting';
  const [newest] = await db.sql<{ version: number; content: PolicyContent }>(
    'select version, content from policy_versions where policy_id = $1 order by version desc limit 1',
    [policy],
  );
  if (newest === undefined) throw new Error('the policies have not been seeded');
  const says = `Version ${newest.version + 1}.`;
  const content = { ...newest.content, summary: { en: says, de: says } };
  await db.sql(
    `insert into policy_drafts (policy_id, base_version, content, revision, updated_at) values ($1, $2, $3, 1, now())
     on conflict (policy_id) do update set base_version = $2, content = $3, revision = 1`,
    [policy, newest.version, JSON.stringify(content)],
  );
  return { policy, revision: 1, content };
}
