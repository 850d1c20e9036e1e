import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { StartupProblem } from './startup-problem.ts';

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof StartupProblem) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('the environment', () => {
  test('nothing at all is enough: this machine, port 3000, an embedded database', () => {
    expect(readConfig({})).toMatchObject({
      mode: 'development',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      tls: null,
      classifier: 'local',
      rateLimits: true,
      warnings: [],
    });
  });

  test('production and --https listen to the world', () => {
    expect(readConfig({ VIRGIL_MODE: 'production' }).host).toBe('0.0.0.0');
    expect(readConfig({}, ['--https'])).toMatchObject({ host: '0.0.0.0', tls: 'self-signed' });
    expect(readConfig({}, ['--https']).publicUrl).toBe('https://localhost:3000');
    expect(readConfig({ HOST: '::1' }, ['--https']).host).toBe('::1');
  });

  test('an empty variable counts as unset', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PUBLIC_URL: 'live.example.org' }, 'PUBLIC_URL'],
    [{ DATABASE_URL: 'mysql://here' }, 'DATABASE_URL'],
    [{ VIRGIL_MODE: 'prod' }, 'VIRGIL_MODE'],
    [{ VIRGIL_ADMIN_EMAIL: 'a@example.org' }, 'VIRGIL_ADMIN_PASSWORD: is needed beside VIRGIL_ADMIN_EMAIL'],
    [{ VIRGIL_TLS_KEY: '/key.pem' }, 'VIRGIL_TLS_CERT: is needed beside VIRGIL_TLS_KEY'],
    [{ MEDIA_ANNOUNCED_IP: 'example.org' }, 'MEDIA_ANNOUNCED_IP'],
  ])('%o is refused and named', (env, named) => {
    expect(refusal(env)).toContain(named);
  });

  test('a refusal does not repeat the value, which may be a secret', () => {
    expect(refusal({ VIRGIL_ADMIN_EMAIL: 'a@example.org', VIRGIL_ADMIN_PASSWORD: 'hunter2' })).not.toContain('hunter2');
    expect(refusal({ DATABASE_URL: 'mysql://me:hunter2@here' })).not.toContain('hunter2');
  });

  test('production refuses the scripted classifier; only test mode goes without rate limits', () => {
    expect(refusal({ VIRGIL_MODE: 'production', VIRGIL_CLASSIFIER: 'scripted' })).toContain('VIRGIL_CLASSIFIER');
    expect(refusal({ VIRGIL_MODE: 'production', VIRGIL_RATE_LIMITS: 'off' })).toContain('VIRGIL_RATE_LIMITS');
    expect(refusal({ VIRGIL_RATE_LIMITS: 'off' })).toContain('VIRGIL_RATE_LIMITS');
    expect(readConfig({ VIRGIL_MODE: 'test', VIRGIL_RATE_LIMITS: 'off' }).rateLimits).toBe(false);
  });

  test('a mistake has a stable exit code', () => {
    expect(() => readConfig({ PORT: 'x' })).toThrow(expect.objectContaining({ exitCode: 78 }));
  });

  test('what this version does not use yet is said, not swallowed', () => {
    expect(readConfig({ REDIS_URL: 'redis://here' }).warnings).toEqual([
      'REDIS_URL is set, but this version does not use it.',
    ]);
  });

  test.each([
    ['true', true],
    ['false', false],
    ['2', 2],
    ['10.0.0.0/8', '10.0.0.0/8'],
  ])('TRUST_PROXY=%s', (value, expected) => {
    expect(readConfig({ TRUST_PROXY: value }).trustProxy).toBe(expected);
  });
});
