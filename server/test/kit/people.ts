/** People and channels in a test database, written behind the features' backs. */

import type { PlatformRole, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../src/actor.ts';
import type { TestDatabase } from './database.ts';

/** A profile with a channel, as sign-up makes them. */
export async function makePerson(db: TestDatabase, name: string, role: PlatformRole = 'user'): Promise<Person> {
  const id = uuidv7();
  const at = new Date();
  await db.sql(
    `insert into profiles (id, display_name, display_name_skeleton, role, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $5)`,
    [id, name, `${name.toLowerCase()}-${id}`, role, at],
  );
  await db.sql('insert into channels (id, created_at, updated_at) values ($1, $2, $2)', [id, at]);
  // Made a moment ago by this very function.
  return { kind: 'person', userId: id as UserId, role };
}
