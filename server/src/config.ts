/** Everything that can be set from outside, read once and checked; a mistake is named by its variable. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { StartupProblem } from './startup-problem.ts';

const MODES = ['production', 'development', 'test'] as const;
const port = z.coerce.number().int('must be a whole number').min(0).max(65_535);
const switched = (fallback: 'on' | 'off') => z.enum(['on', 'off']).default(fallback);

/** An unset variable and an empty one mean the same: shells and compose files leave empty ones behind. */
const environment = z
  .object({
    VIRGIL_MODE: z.enum(MODES).default('development'),
    PORT: port.default(3000),
    HOST: z.string().optional(),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://live.example.org' })
      .optional(),
    TRUST_PROXY: z.string().optional(),
    VIRGIL_DATA: z.string().default('./data'),
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'must be an address such as postgresql://user:password@host:5432/virgil',
      })
      .optional(),
    VIRGIL_TLS_CERT: z.string().optional(),
    VIRGIL_TLS_KEY: z.string().optional(),
    RTMP_PORT: port.default(1935),
    MEDIA_UDP_PORT: port.default(40_000),
    MEDIA_WORKERS: z.coerce.number().int().min(1).max(64).optional(),
    MEDIA_ANNOUNCED_IP: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IP address' }).optional(),
    VIRGIL_CLASSIFIER: z.enum(['local', 'scripted']).default('local'),
    VIRGIL_RATE_LIMITS: switched('on'),
    VIRGIL_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
    VIRGIL_ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').max(128).optional(),
    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^(sk|rk)_(test|live)_\w+$/, 'must begin with sk_ or rk_')
      .optional(),
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_\w+(,whsec_\w+)*$/, 'must begin with whsec_; several are parted by commas')
      .optional(),
    STRIPE_API_URL: z
      .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:12111' })
      .optional(),
    OPENAI_API_KEY: z.string().max(500).optional(),
    OPENAI_API_URL: z
      .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:8080' })
      .optional(),
    TWITCH_CLIENT_ID: z.string().optional(),
    TWITCH_CLIENT_SECRET: z.string().optional(),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@host:465' })
      .optional(),
    VIRGIL_WITNESS_URL: z.url({ protocol: /^https?$/, error: 'must be an address' }).optional(),
    VIRGIL_WITNESS_KEY: z.string().optional(),
    DSA_DATABASE_URL: z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://transparency.dsa.ec.europa.eu' })
      .optional(),
    DSA_DATABASE_TOKEN: z.string().optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .superRefine((values, context) => {
    const complain = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    const pairs = [
      ['VIRGIL_TLS_CERT', 'VIRGIL_TLS_KEY'],
      ['VIRGIL_ADMIN_EMAIL', 'VIRGIL_ADMIN_PASSWORD'],
      ['TWITCH_CLIENT_ID', 'TWITCH_CLIENT_SECRET'],
      ['DSA_DATABASE_URL', 'DSA_DATABASE_TOKEN'],
      ['VIRGIL_WITNESS_URL', 'VIRGIL_WITNESS_KEY'],
      ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
    ] as const;
    for (const [one, other] of pairs) {
      if (values[one] !== undefined && values[other] === undefined) complain(other, `is needed beside ${one}`);
      if (values[one] === undefined && values[other] !== undefined) complain(one, `is needed beside ${other}`);
    }
    if (values.VIRGIL_CLASSIFIER === 'scripted' && values.VIRGIL_MODE === 'production') {
      complain('VIRGIL_CLASSIFIER', 'scripted lets people choose their own rating and is refused in production');
    }
    if (values.STRIPE_API_URL !== undefined && values.VIRGIL_MODE !== 'test') {
      complain('STRIPE_API_URL', 'sends the key and all payments elsewhere, and is for VIRGIL_MODE=test only');
    }
    if (values.OPENAI_API_URL !== undefined && values.VIRGIL_MODE !== 'test') {
      complain('OPENAI_API_URL', 'sends the key and what people write elsewhere, and is for VIRGIL_MODE=test only');
    }
    if (values.VIRGIL_RATE_LIMITS === 'off' && values.VIRGIL_MODE !== 'test') {
      complain('VIRGIL_RATE_LIMITS', 'may be off in VIRGIL_MODE=test only');
    }
  });

/** Written down for later and without effect in this version: said aloud, so that nobody relies on one. */
const NOT_YET = ['REDIS_URL', 'LIVEKIT_URL', 'S3_ENDPOINT', 'S3_BUCKET'];

export interface Config {
  readonly mode: (typeof MODES)[number];
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** PUBLIC_URL was given: requests of pages under any other address are refused. */
  readonly publicUrlIsFixed: boolean;
  readonly trustProxy: boolean | number | string;
  /** Absolute. */
  readonly dataFolder: string;
  /** Null: PostgreSQL of our own. */
  readonly databaseUrl: string | null;
  /** Files with a certificate and its key; `self-signed` is made on the fly for `--https`; null is plain http. */
  readonly tls: { readonly cert: string; readonly key: string } | 'self-signed' | null;
  readonly rtmpPort: number;
  readonly media: { readonly udpPort: number; readonly announcedIp: string | null; readonly workers: number };
  readonly classifier: 'local' | 'scripted';
  /** The key for a second opinion, which an admin has to turn on; `url` null: OpenAI's own. */
  readonly openAi: { readonly apiKey: string; readonly url: string | null } | null;
  readonly rateLimits: boolean;
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly twitch: { readonly clientId: string; readonly clientSecret: string } | null;
  readonly smtpUrl: string | null;
  /** Where statements of reasons are handed over; null: nowhere. */
  readonly dsaDatabase: { readonly url: string; readonly token: string } | null;
  /** Who cosigns the audit log's checkpoints: the prefix of its addresses, and its verifier key. */
  readonly witness: { readonly url: string; readonly key: string } | null;
  /** Who moves money: Stripe when its keys are set, else the sandbox, which moves none; null: nobody, in production. */
  readonly payments:
    | {
        readonly provider: 'stripe';
        readonly secretKey: string;
        readonly webhookSecret: string;
        readonly apiUrl: string | null;
      }
    | { readonly provider: 'sandbox' }
    | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** For the terminal at start. */
  readonly warnings: readonly string[];
}

export function readConfig(env: Readonly<Record<string, string | undefined>>, args: readonly string[] = []): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) throw new StartupProblem('config', describe(parsed.error));
  const values = parsed.data;

  const tls = tlsOf(values.VIRGIL_TLS_CERT, values.VIRGIL_TLS_KEY, args.includes('--https'));
  const open = values.VIRGIL_MODE === 'production' || args.includes('--https');
  return {
    mode: values.VIRGIL_MODE,
    host: values.HOST ?? (open ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    publicUrl: (values.PUBLIC_URL ?? `${tls ? 'https' : 'http'}://localhost:${values.PORT}`).replace(/\/+$/, ''),
    publicUrlIsFixed: values.PUBLIC_URL !== undefined,
    trustProxy: trustProxyOf(values.TRUST_PROXY),
    dataFolder: path.resolve(values.VIRGIL_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    tls,
    rtmpPort: values.RTMP_PORT,
    media: {
      udpPort: values.MEDIA_UDP_PORT,
      announcedIp: values.MEDIA_ANNOUNCED_IP ?? null,
      // A worker fills a core; the other half of the machine is for packagers, chat and the database.
      workers: values.MEDIA_WORKERS ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    },
    classifier: values.VIRGIL_CLASSIFIER,
    openAi:
      values.OPENAI_API_KEY === undefined
        ? null
        : { apiKey: values.OPENAI_API_KEY, url: values.OPENAI_API_URL?.replace(/\/+$/, '') ?? null },
    rateLimits: values.VIRGIL_RATE_LIMITS === 'on',
    admin:
      values.VIRGIL_ADMIN_EMAIL !== undefined && values.VIRGIL_ADMIN_PASSWORD !== undefined
        ? { email: values.VIRGIL_ADMIN_EMAIL, password: values.VIRGIL_ADMIN_PASSWORD }
        : null,
    twitch:
      values.TWITCH_CLIENT_ID !== undefined && values.TWITCH_CLIENT_SECRET !== undefined
        ? { clientId: values.TWITCH_CLIENT_ID, clientSecret: values.TWITCH_CLIENT_SECRET }
        : null,
    smtpUrl: values.SMTP_URL ?? null,
    dsaDatabase:
      values.DSA_DATABASE_URL !== undefined && values.DSA_DATABASE_TOKEN !== undefined
        ? { url: values.DSA_DATABASE_URL.replace(/\/+$/, ''), token: values.DSA_DATABASE_TOKEN }
        : null,
    witness:
      values.VIRGIL_WITNESS_URL !== undefined && values.VIRGIL_WITNESS_KEY !== undefined
        ? { url: values.VIRGIL_WITNESS_URL, key: values.VIRGIL_WITNESS_KEY }
        : null,
    payments: paymentsOf(values),
    logLevel: values.LOG_LEVEL,
    warnings: NOT_YET.filter((name) => name in set).map((name) => `${name} is set, but this version does not use it.`),
  };
}

function paymentsOf(values: z.output<typeof environment>): Config['payments'] {
  const { STRIPE_API_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, VIRGIL_MODE } = values;
  if (STRIPE_SECRET_KEY !== undefined && STRIPE_WEBHOOK_SECRET !== undefined) {
    return {
      provider: 'stripe',
      secretKey: STRIPE_SECRET_KEY,
      webhookSecret: STRIPE_WEBHOOK_SECRET,
      apiUrl: STRIPE_API_URL ?? null,
    };
  }
  return VIRGIL_MODE === 'production' ? null : { provider: 'sandbox' };
}

function tlsOf(cert: string | undefined, key: string | undefined, https: boolean): Config['tls'] {
  if (cert !== undefined && key !== undefined) return { cert, key };
  return https ? 'self-signed' : null;
}

/** `true`, `false`, a number of hops, or the addresses of the proxies (what Fastify takes). */
function trustProxyOf(value: string | undefined): Config['trustProxy'] {
  if (value === undefined || value === 'false' || value === '0') return false;
  if (value === 'true') return true;
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** Values are left out: one of them may be a password. */
function describe(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  return ['The environment has a mistake:', ...lines].join('\n');
}
