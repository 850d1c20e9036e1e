/** Speaks the API of https://transparency.dsa.ec.europa.eu/page/api-documentation, version 1. */
import type { DsaStatement } from '@virgil/contract';
import { z } from 'zod';
import { type DsaDatabase, DsaDatabaseUnavailable, type RefusedStatement, type Submission } from './dsa-database.ts';

export interface HttpDsaDatabaseOptions {
  /** Without a trailing slash: `https://transparency.dsa.ec.europa.eu`. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs?: number;
}

/** Errors by statement (`statement_0`), each with messages by field. */
const fieldErrors = z.record(z.string(), z.unknown());
const refusal = z.looseObject({ errors: z.record(z.string(), fieldErrors).optional() });

export function httpDsaDatabase({ url, token, timeoutMs = 8_000 }: HttpDsaDatabaseOptions): DsaDatabase {
  const ask = async (path: string, body?: unknown): Promise<Response> => {
    try {
      return await fetch(`${url}/api/v1/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new DsaDatabaseUnavailable('there was no answer', cause);
    }
  };

  /** 302: this puid is taken. */
  const isKnown = async (puid: string): Promise<boolean> => {
    const response = await ask(`statement/existing-puid/${puid}`);
    await response.body?.cancel();
    if (response.status === 302) return true;
    if (response.status === 404) return false;
    throw new DsaDatabaseUnavailable(`answered ${response.status} when asked for a puid`);
  };

  return {
    async submit(statements: readonly DsaStatement[]): Promise<Submission> {
      const response = await ask('statements', { statements });
      // Only 201 says that they are kept.
      if (response.status === 201) {
        await response.body?.cancel();
        return { stored: true };
      }
      if (response.status !== 422) {
        await response.body?.cancel();
        throw new DsaDatabaseUnavailable(`answered ${response.status}`);
      }
      const refused = new Map<number, RefusedStatement>();
      for (const [index, errors] of problemsOf(await jsonOf(response))) {
        const statement = statements[index];
        if (statement === undefined) continue;
        const fields = Object.keys(errors).filter((name) => name !== 'existing');
        const isDuplicate = fields.every((name) => name === 'puid') && (await isKnown(statement.puid));
        refused.set(index, { isDuplicate, problem: JSON.stringify(errors).slice(0, 1000) });
      }
      return { stored: false, refused };
    },
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new DsaDatabaseUnavailable('its refusal is not JSON', cause);
  }
}

/** The keys stand at the top, or under `errors`. */
function problemsOf(body: unknown): [number, Record<string, unknown>][] {
  const parsed = refusal.safeParse(body);
  const keyed = parsed.success ? (parsed.data.errors ?? parsed.data) : {};
  return Object.entries(keyed).flatMap(([key, errors]): [number, Record<string, unknown>][] => {
    const index = /^statement_(\d{1,3})$/.exec(key)?.[1];
    const fields = fieldErrors.safeParse(errors);
    return index === undefined || !fields.success ? [] : [[Number(index), fields.data]];
  });
}
