/** Contract schemas as JSON Schema (draft 2020-12), with the named shapes of the contract as components. */
import * as contract from '@virgil/contract';
import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** Shapes the contract exports by name become components: `accounts.me` is `Me`. */
const ids = new Map<z.ZodType, string>();
const namespaces = [contract, ...Object.values(contract).filter(isNamespace)];
const taken = new Set<string>();
for (const namespace of namespaces) {
  for (const [name, value] of Object.entries(namespace)) {
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    if (!(value instanceof z.ZodObject) || ids.has(value) || taken.has(id)) continue;
    taken.add(id);
    ids.set(value, id);
  }
}

/** What the contract says about a schema, and its component's name. */
class NamedSchemas extends z.core.$ZodRegistry<z.core.GlobalMeta> {
  override get<S extends z.core.$ZodType>(schema: S) {
    const id = ids.get(schema as unknown as z.ZodType);
    const said = z.globalRegistry.get(schema);
    return (id === undefined ? said : { ...said, id }) as ReturnType<z.core.$ZodRegistry<z.core.GlobalMeta>['get']>;
  }
}
const named = new NamedSchemas();

function isNamespace(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Module]';
}

/** What a client may send: before defaults and transforms. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }));
}

/** What a client receives. Named shapes are put into `components` and referred to. */
export function outputSchema(schema: z.ZodType, components: Record<string, JsonSchema>): JsonSchema {
  const { $defs, ...root } = z.toJSONSchema(schema, {
    io: 'output',
    unrepresentable: 'any',
    reused: 'inline',
    metadata: named,
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  for (const [name, definition] of Object.entries($defs ?? {})) components[name] = plain(definition);
  const own = ids.get(schema);
  if (own === undefined) return plain(root);
  components[own] = plain(root);
  return { $ref: `#/components/schemas/${own}` };
}

/** Drops the dialect (the document names it once) and points references at the components. */
function plain(schema: JsonSchema): JsonSchema {
  const { $schema: _dialect, id: _id, ...rest } = schema;
  return rewritten(rest) as JsonSchema;
}

function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : rewritten(inner),
    ]),
  );
}
