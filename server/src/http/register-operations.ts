/**
 * The edge of every operation, in one order: who calls → may they → not too often → is it well-formed → the feature →
 * the answer, cut to what the contract declares.
 */
import { type Operation, successOf } from '@virgil/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import { maskCardNumbersInJson } from '../observability/index.ts';
import type { Binding, FileAnswer, HandlerInput, UploadedFile } from './binding.ts';
import { giveGuestCookie } from './guest-cookie.ts';
import type { Identify } from './identify.ts';
import { mayCall } from './may-call.ts';
import { invalidFrom } from './problem.ts';
import { addressKey, callerKey, type RateLimits, READ_LIMIT, WRITE_LIMIT } from './rate-limits.ts';
import { type Form, readForm } from './upload.ts';

export interface EdgeOptions {
  readonly identify: Identify;
  readonly rateLimits: RateLimits;
  readonly secureCookies: boolean;
  /** Bind operations that exist in test mode only. */
  readonly testMode: boolean;
}

const NOTHING = z.strictObject({});

export function registerOperations(fastify: FastifyInstance, bindings: readonly Binding[], options: EdgeOptions): void {
  const callers = new WeakMap<FastifyRequest, { readonly caller: Caller; readonly admittedAt: number }>();
  for (const binding of bindings) {
    const { operation } = binding;
    if (operation.who === 'test-mode' && !options.testMode) continue;
    fastify.route({
      method: operation.method,
      url: operation.path,
      onRequest: async (request, reply) => {
        const caller = await admit(binding, request, options);
        callers.set(request, { caller, admittedAt: performance.now() });
        if (caller.actor.kind === 'guest') giveGuestCookie(request, reply, options.secureCookies);
      },
      handler: async (request, reply) => {
        const admitted = callers.get(request);
        if (admitted === undefined) throw new Error('an operation ran without a caller');
        const input = await parseRequest(operation, request, reply, admitted.caller);
        const isStale = performance.now() - admitted.admittedAt > ADMITTED_FOR_MS;
        const caller = isStale ? await identified(operation, request, options) : admitted.caller;
        return answer(operation, reply, await binding.handler({ ...input, caller }));
      },
    });
  }
}

/** A body may take a minute to come: whoever was banned, signed out or stripped of a role meanwhile is so by its end. */
const ADMITTED_FOR_MS = 1_000;

async function identified(operation: Operation, request: FastifyRequest, options: EdgeOptions): Promise<Caller> {
  const caller = await options.identify(request.headers, { ip: request.ip });
  const refusal = mayCall(operation, caller);
  if (refusal !== null) throw new AppError(refusal.code, { detail: refusal.detail });
  return caller;
}

/** Before the body is read: a stranger's five megabytes are never taken in. */
async function admit(binding: Binding, request: FastifyRequest, options: EdgeOptions): Promise<Caller> {
  const { operation } = binding;
  const caller = await options.identify(request.headers, { ip: request.ip });
  const key = callerKey(caller);
  if (operation.method === 'GET') await options.rateLimits.take('read', READ_LIMIT, key);
  else await options.rateLimits.take('write', WRITE_LIMIT, key);
  const refusal = mayCall(operation, caller);
  if (refusal !== null) throw new AppError(refusal.code, { detail: refusal.detail });
  if (binding.limit !== undefined) {
    await options.rateLimits.take(operation.id, binding.limit, key);
    if (caller.actor.kind === 'person') {
      await options.rateLimits.take(`${operation.id}@`, timesTen(binding.limit), `ip:${addressKey(caller.ip)}`);
    }
  }
  return caller;
}

const timesTen = (limit: { points: number; seconds: number }) => ({ ...limit, points: limit.points * 10 });

async function parseRequest(
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
): Promise<HandlerInput<Operation>> {
  const form = await readFormOf(operation, request);
  const issues: z.core.$ZodIssue[] = [];
  const parse = (schema: z.ZodType, value: unknown): unknown => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    issues.push(...result.error.issues);
    return undefined;
  };
  const params = operation.params === undefined ? undefined : parse(operation.params, request.params);
  const query = parse(operation.query ?? NOTHING, request.query);
  const body = form === undefined ? parseBody(operation, request, parse) : parseFields(operation, form, parse);
  if (issues.length > 0) throw invalidFrom(new z.ZodError(issues));

  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return { caller, params, query, body, upload: form?.file as UploadedFile & undefined, signal: gone.signal };
}

async function readFormOf({ upload }: Operation, request: FastifyRequest): Promise<Form | undefined> {
  if (upload === undefined || (upload.beside !== undefined && !request.isMultipart())) return undefined;
  return readForm(request, upload);
}

function parseFields(
  { body }: Operation,
  { fields }: Form,
  parse: (schema: z.ZodType, value: unknown) => unknown,
): unknown {
  return body === undefined ? undefined : parse(body, { ...fields });
}

function parseBody(
  operation: Operation,
  request: FastifyRequest,
  parse: (schema: z.ZodType, value: unknown) => unknown,
): unknown {
  if (operation.method === 'GET') return undefined;
  if (operation.body !== undefined) {
    if (request.body === undefined) throw new AppError('invalid', { detail: 'A JSON body is expected.' });
    return parse(operation.body, request.body);
  }
  // null is what Fastify leaves where no body came.
  if (request.body !== undefined && request.body !== null) parse(NOTHING, request.body);
  return undefined;
}

function answer(operation: Operation, reply: FastifyReply, output: unknown): FastifyReply {
  reply.header('cache-control', 'no-store');
  if (operation.download !== undefined) return sendFile(operation, reply, output as FileAnswer);
  if (operation.output === undefined) return reply.code(successOf(operation)).send();
  // Unknown fields are cut, so a row that grew a column does not leak it; a wrong shape is our failure and says so.
  const shaped = operation.output.safeParse(output);
  if (!shaped.success) {
    throw new Error(`the answer of ${operation.id} does not match its contract`, { cause: shaped.error });
  }
  return reply.code(successOf(operation)).type('application/json; charset=utf-8').send(JSON.stringify(shaped.data));
}

function sendFile(operation: Operation, reply: FastifyReply, file: FileAnswer): FastifyReply {
  if (!operation.download?.types.includes(file.type)) {
    throw new Error(`${operation.id} answered ${file.type}, which its contract does not name`);
  }
  const isJson = file.type === 'application/json' && typeof file.body === 'string';
  if (file.isForeign === true) {
    reply
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'same-origin');
  }
  return (
    reply
      .code(successOf(operation))
      .header('content-disposition', `attachment; filename="${file.fileName.replace(/[^A-Za-z0-9._-]/g, '_')}"`)
      .type(file.type.startsWith('text/') ? `${file.type}; charset=utf-8` : file.type)
      // CSV masks its cells as it is written.
      .send(isJson ? maskCardNumbersInJson(file.body) : file.body)
  );
}
