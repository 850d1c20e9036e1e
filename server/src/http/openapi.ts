/** The OpenAPI 3.1 document, made from the contract: what the edge checks is what the document says. */
import {
  BROADCASTS,
  COMMANDS,
  COMMON_COMMAND_ERRORS,
  errorsOf,
  OPERATIONS,
  type Operation,
  PROBLEM_STATUS,
  type ProblemCode,
  problemDocument,
  successOf,
} from '@virgil/contract';
import type { z } from 'zod';
import { inputSchema, outputSchema } from './json-schemas.ts';

type Json = Record<string, unknown>;

export interface OpenApiOptions {
  readonly version: string;
  readonly publicUrl: string;
  readonly sessionCookie: string;
  /** Include operations that exist in test mode only. */
  readonly testMode: boolean;
}

export function openApiDocument(options: OpenApiOptions): Json {
  const components: Record<string, Json> = {};
  const responses: Record<string, Json> = {};
  outputSchema(problemDocument, components);
  const paths: Record<string, Json> = {};
  const operations = OPERATIONS.filter((operation) => options.testMode || operation.who !== 'test-mode');
  for (const operation of operations) {
    const path = operation.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: describeOperation(operation, components, responses),
    };
  }
  const socket = describeSocket(components);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Virgil',
      version: options.version,
      description:
        'Live streaming with due process built in. Errors are problem documents (RFC 9457) with a stable `code`. ' +
        'Sign-in is under `/api/auth/*`. A foreign `Origin` is refused on every state change; none passes. ' +
        'Livestream rooms speak Socket.IO on `/socket.io`: see `x-socket`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.publicUrl }],
    tags: [...new Set(operations.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      responses,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: options.sessionCookie },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key with the scope the operation names.' },
      },
    },
    'x-socket': socket,
  };
}

export function tagOf(operation: Operation): string {
  return operation.id.split('.', 1)[0] ?? operation.id;
}

function describeOperation(
  operation: Operation,
  components: Record<string, Json>,
  responses: Record<string, Json>,
): Json {
  const body = describeBody(operation);
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [tagOf(operation)],
    parameters: [...parameters(operation.params, 'path'), ...parameters(operation.query, 'query')],
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...success(operation, components), ...failures(operation, responses) },
    security: security(operation),
    'x-scope': operation.scope,
  };
}

function security(operation: Operation): Json[] {
  if (operation.who === 'test-mode') return [];
  const known = [{ session: [] }, { apiKey: [] }];
  return operation.who === 'anyone' ? [{}, ...known] : known;
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = inputSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: where === 'query' ? asText(rest) : rest,
    };
  });
}

/** A coerced parameter takes any text by its type; what it must look like is the number it becomes. */
function asText(schema: Json): Json {
  if (!('type' in schema) && 'minimum' in schema) return { type: 'integer', ...schema };
  return schema;
}

function describeBody(operation: Operation): Json | null {
  const { body, upload } = operation;
  const json = body === undefined ? null : { 'application/json': { schema: inputSchema(body) } };
  if (upload === undefined) return json === null ? null : { required: true, content: json };
  const { beside, field, maxBytes, types } = upload;
  const beneath =
    body === undefined ? { properties: {}, required: [] } : fieldsOf(inputSchema(body), beside?.json ?? []);
  const schema = {
    type: 'object',
    properties: {
      ...beneath.properties,
      [field]: { type: 'string', format: 'binary', description: `At most ${maxBytes} bytes.` },
    },
    required: beside === undefined ? [field] : beneath.required,
    additionalProperties: false,
  };
  const form = { 'multipart/form-data': { schema, encoding: { [field]: { contentType: types.join(', ') } } } };
  return { required: true, content: { ...json, ...form } };
}

/** A form has no nesting: what is JSON in it is a text that holds some. */
function fieldsOf(schema: Json, json: readonly string[]): { properties: Json; required: string[] } {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Json>; required?: string[] };
  const written = Object.entries(properties).map(([name, property]) =>
    json.includes(name)
      ? [name, { type: 'string', contentMediaType: 'application/json', contentSchema: property }]
      : [name, property],
  );
  return { properties: Object.fromEntries(written), required };
}

function success(operation: Operation, components: Record<string, Json>): Json {
  if (operation.download !== undefined) {
    const file = { schema: { type: 'string', format: 'binary' } };
    const content = Object.fromEntries(operation.download.types.map((type) => [type, file]));
    return { [successOf(operation)]: { description: 'A file.', content } };
  }
  if (operation.output === undefined) return { [successOf(operation)]: { description: 'Done.' } };
  return {
    [successOf(operation)]: {
      description: 'Done.',
      content: { 'application/json': { schema: outputSchema(operation.output, components) } },
    },
  };
}

/** One response a status, with the exact codes it may carry; equal ones are one component. */
function failures(operation: Operation, responses: Record<string, Json>): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...errorsOf(operation)].sort()) {
    byStatus.set(PROBLEM_STATUS[code], [...(byStatus.get(PROBLEM_STATUS[code]) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const name = `Problem${status}-${codes.join('-')}`;
      responses[name] ??= describeProblem(status, codes);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function describeProblem(status: number, codes: readonly ProblemCode[]): Json {
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    ...(status === 429 ? { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } } } : {}),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/ProblemDocument' },
            { type: 'object', properties: { status: { const: status }, code: { enum: codes } } },
          ],
        },
      },
    },
  };
}

function describeSocket(components: Record<string, Json>): Json {
  return {
    path: '/socket.io',
    description:
      'Socket.IO 4, default namespace. The handshake takes the session cookie, or an API key as `auth: { token }`. ' +
      'Every command is acknowledged `{ok: true, …}` or `{ok: false, error: {code, message, retryAfterMs?}}`.',
    commands: COMMANDS.map((command) => ({
      name: command.name,
      who: command.who,
      summary: command.summary,
      payload: inputSchema(command.input),
      acknowledgement: outputSchema(command.ack, components),
      errors: [...new Set([...command.errors, ...COMMON_COMMAND_ERRORS])],
    })),
    broadcasts: BROADCASTS.map((broadcast) => ({
      name: broadcast.name,
      room: broadcast.room,
      summary: broadcast.summary,
      payload: outputSchema(broadcast.payload, components),
    })),
  };
}
