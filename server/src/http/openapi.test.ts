import { Validator } from '@seriousme/openapi-schema-validator';
import { COMMANDS, errorsOf, OPERATIONS, PROBLEM_STATUS, successOf } from '@virgil/contract';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { referencePage } from './reference-page.ts';

const options = { version: '1.2.3', publicUrl: 'https://live.example', sessionCookie: 'virgil.session_token' };

interface Documented {
  readonly operationId: string;
  readonly responses: Record<string, { $ref?: string }>;
}

describe('the OpenAPI document', () => {
  const document = openApiDocument({ ...options, testMode: true }) as {
    openapi: string;
    paths: Record<string, Record<string, Documented>>;
    components: { schemas: Record<string, unknown>; responses: Record<string, unknown> };
  };

  it('is valid OpenAPI 3.1, and every reference leads somewhere', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(validator.version).toBe('3.1');
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/([^"/]+)\/([^"]+)"/g);
    const components: Record<string, Record<string, unknown>> = document.components;
    for (const [, kind = '', name = ''] of references)
      expect([name, components[kind]?.[name]]).not.toEqual([name, undefined]);
  });

  it('describes every operation with exactly the statuses it may answer', () => {
    for (const operation of OPERATIONS) {
      const path = operation.path.replace(/:([A-Za-z]+)/g, '{$1}');
      const found = document.paths[path]?.[operation.method.toLowerCase()];
      expect(found?.operationId).toBe(operation.id);
      const statuses = new Set([successOf(operation), ...errorsOf(operation).map((code) => PROBLEM_STATUS[code])]);
      expect(
        Object.keys(found?.responses ?? {})
          .map(Number)
          .sort(),
      ).toEqual([...statuses].sort());
    }
  });

  it('leaves out what exists in test mode only', () => {
    const production = openApiDocument({ ...options, testMode: false }) as { paths: object };
    expect(Object.keys(production.paths)).not.toContain('/api/test/clock');
  });

  it('is readable as a page without script', () => {
    const page = referencePage(document);
    expect(page).not.toMatch(/<script|javascript:|onload=/i);
    for (const { id } of OPERATIONS) expect(page).toContain(`id="${id}"`);
    for (const { name } of COMMANDS) expect(page).toContain(`id="command-${name}"`);
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(anchors).toContain(target);
  });
});
