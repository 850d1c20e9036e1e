/** Measures, logged in as the server is, who may do what with which row, and writes it as a page for people. */
import pg from 'pg';
import { identityOf, SYSTEM_IDENTITY } from '../../src/db/transactions.ts';
import type { TestDatabase } from './database.ts';
import { GUARDED, type GuardedTable, insertStatement, seedCast, VIEWPOINTS } from './row-security-cast.ts';

interface Viewpoint {
  readonly name: string;
  /** Null: the login itself, outside any transaction of an actor. */
  readonly role: string | null;
  readonly userId: string;
}

interface Rights {
  readonly read: string;
  readonly add: string;
  readonly change: string;
  readonly remove: string;
}

const NONE = '–';
const viewpoints: readonly Viewpoint[] = [
  { name: 'public read', role: null, userId: '' },
  ...VIEWPOINTS.map(({ name, actor }) => ({ name, ...identityOf(actor) })),
  { name: 'system', ...SYSTEM_IDENTITY },
];

export async function rowSecurityPage(db: TestDatabase): Promise<string> {
  const words = await seedCast(db);
  const client = new pg.Client({ connectionString: db.urls.app });
  await client.connect();
  try {
    const sections: string[] = [];
    for (const table of GUARDED) {
      const labels = words.get(table.table) ?? new Map<string, string>();
      const found: [string, Rights][] = [];
      for (const viewpoint of viewpoints) found.push([viewpoint.name, await measure(client, viewpoint, table, labels)]);
      sections.push(section(table.table, found));
    }
    return `${PREFACE}\n${sections.join('\n')}`;
  } finally {
    await client.end();
  }
}

async function measure(
  client: pg.Client,
  { role, userId }: Viewpoint,
  { table, key, adds }: GuardedTable,
  labels: ReadonlyMap<string, string>,
): Promise<Rights> {
  await client.query('begin');
  try {
    if (role !== null) {
      await client.query("select set_config('role', $1, true), set_config('app.user_id', $2, true)", [role, userId]);
    }
    const visible = await attempt(client, `select ${key} as key from ${table}`);
    const readable = await columnsFor(client, table, 'select');
    const columns = await columnsFor(client, table, 'update');
    const one = columns[0];
    const changed: string[] = [];
    const removed: string[] = [];
    for (const [value, label] of labels) {
      const where = `where ${key} = $1`;
      if (one && (await attempt(client, `update ${table} set ${one.name} = ${one.name} ${where}`, [value]))?.rowCount) {
        changed.push(label);
      }
      if ((await attempt(client, `delete from ${table} ${where}`, [value]))?.rowCount) removed.push(label);
    }
    const added: string[] = [];
    for (const [label, make] of Object.entries(adds)) {
      if (label.includes('own') && role !== 'app_system' && userId === '' && table !== 'audit_outbox') continue;
      const { text, values } = insertStatement(table, make(userId));
      if (await attempt(client, text, values)) added.push(label);
    }
    const all = [...labels.values()];
    const wordFor = (row: { key: string }) => labels.get(row.key) ?? row.key;
    return {
      read: withColumns(summary((visible?.rows ?? []).map(wordFor), all), readable),
      add: summary(added, Object.keys(adds)),
      change: withColumns(summary(changed, all), columns),
      remove: summary(removed, all),
    };
  } finally {
    await client.query('rollback');
  }
}

/** Undone at once. Null when refused; another mistake (a duplicate) shows that it was not refused. */
async function attempt(client: pg.Client, text: string, values: unknown[] = []): Promise<pg.QueryResult | null> {
  await client.query('savepoint attempt');
  try {
    return await client.query(text, values);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '42501') return null;
    if (error instanceof pg.DatabaseError && /^23/.test(error.code ?? '')) {
      return { command: '', rowCount: 0, oid: 0, fields: [], rows: [] };
    }
    throw error;
  } finally {
    await client.query('rollback to savepoint attempt');
  }
}

interface Column {
  readonly name: string;
  /** The right is on the whole table. */
  readonly all: boolean;
}

async function columnsFor(client: pg.Client, table: string, verb: 'select' | 'update'): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select attname as name, has_table_privilege(current_user, attrelid, $2) as all from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and ($2 = 'select' or attidentity = '')
       and has_column_privilege(current_user, attrelid, attnum, $2)
     order by attnum`,
    [table, verb],
  );
  return rows;
}

function withColumns(rows: string, columns: readonly Column[]): string {
  if (rows === NONE || columns.every((column) => column.all)) return rows;
  return `${rows}: ${columns.map((column) => column.name).join(', ')}`;
}

function summary(some: readonly string[], all: readonly string[]): string {
  if (some.length === 0) return NONE;
  return some.length === all.length && all.length > 1 ? 'all' : [...some].sort().join('; ');
}

/** Viewpoints with the same rights share a line. */
function section(table: string, found: readonly [string, Rights][]): string {
  const lines = new Map<string, string[]>();
  for (const [name, { read, add, change, remove }] of found) {
    const cells = [read, add, change, remove].join(' | ');
    lines.set(cells, [...(lines.get(cells) ?? []), name]);
  }
  const rows = [...lines].map(([cells, names]) => `| ${names.join(', ')} | ${cells} |`);
  return `## ${table}\n\n| | read | add | change | remove |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const PREFACE = `# Row security: who may do what with which row

Written by a test that logs in to PostgreSQL as the server does and tries everything; it fails when this page is not
what it finds. After a change of a policy or a grant: \`npx vitest run server/src/db/row-security.test.ts -u\`.

The cast: **Ada** owns a channel, **Mo** moderates it, **Pat** is its patron; **Bea** owns another; **Vic** is a viewer,
follows Ada, is a VIP of Bea's, was timed out and banned at Ada's and has a penalty; **Stan** is a moderator and **Ed** an
admin of the platform. *Public read* is the server's login outside any actor's transaction. *System* is work beyond row
security (\`asSystem\`), which names its reason. Cells name the rows that are within reach; – is none; a list after a colon
names the columns where it is not all of them. What the application checks comes on top.
`;
