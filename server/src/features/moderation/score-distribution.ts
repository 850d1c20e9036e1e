/** What the texts of the last week scored: thresholds can be tried on them before they are changed. */
import type { Category, moderation as contract } from '@virgil/contract';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import type { ModerationDeps } from './deps.ts';
import { DEFAULT_THRESHOLDS, NEVER_BLOCKED } from './policy.ts';

const DAYS = 7;

export async function readScoreDistribution({
  clock,
  database,
}: Pick<ModerationDeps, 'clock' | 'database'>): Promise<contract.ScoreDistribution> {
  const since = new Date(clock.now().getTime() - DAYS * 24 * 3_600_000);
  const cells = await database.asSystem('scores of everybody’s texts, counted', (tx) => countScores(tx, since));
  const buckets = new Map<number, { texts: number; neverBlocked: number }>();
  const categories = new Map<Category, number>();
  let texts = 0;
  for (const cell of cells) {
    texts += cell.texts;
    const bucket = buckets.get(cell.hundredths) ?? { texts: 0, neverBlocked: 0 };
    bucket.texts += cell.texts;
    if (cell.category !== null && NEVER_BLOCKED.has(cell.category)) bucket.neverBlocked += cell.texts;
    buckets.set(cell.hundredths, bucket);
    if (cell.category === null || cell.hundredths < DEFAULT_THRESHOLDS.hold * 100) continue;
    categories.set(cell.category, (categories.get(cell.category) ?? 0) + cell.texts);
  }
  return {
    since: since.toISOString(),
    texts,
    buckets: [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([hundredths, bucket]) => ({ score: hundredths / 100, ...bucket })),
    categories: [...categories].sort(([, a], [, b]) => b - a).map(([category, count]) => ({ category, texts: count })),
  };
}

interface Cell {
  readonly hundredths: number;
  readonly category: Category | null;
  readonly texts: number;
}

/** Lines of chat, words with tips, comments and direct messages. Scores are cut, as they are shown. */
async function countScores(tx: Tx, since: Date): Promise<readonly Cell[]> {
  const from = since.toISOString();
  const { rows } = await tx.execute<{ hundredths: number; category: Category | null; texts: number }>(sql`
    select floor(risk_score::numeric * 100)::integer as hundredths, category, count(*)::integer as texts
    from (
      select risk_score, category from stream_messages where created_at >= ${from}::timestamptz
      union all
      select risk_score, category from tips where created_at >= ${from}::timestamptz and message_status <> 'none'
      union all
      select risk_score, category from video_comments where created_at >= ${from}::timestamptz
      union all
      select risk_score, category from direct_messages where created_at >= ${from}::timestamptz
    ) as scored
    group by 1, 2`);
  return rows;
}
