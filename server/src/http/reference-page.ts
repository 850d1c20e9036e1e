/** The API reference as one page without script, written from the OpenAPI document. */
type Json = Record<string, unknown>;

interface DocumentedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly { name: string; in: string; required: boolean; description?: string; schema: Json }[];
  readonly requestBody?: { readonly content: Record<string, { schema: Json }> };
  readonly responses: Record<string, Json>;
  readonly security: readonly Json[];
  readonly 'x-scope': string;
}

interface SocketEvents {
  readonly description: string;
  readonly commands: readonly {
    name: string;
    who: string;
    summary: string;
    payload: Json;
    acknowledgement: Json;
    errors: string[];
  }[];
  readonly broadcasts: readonly { name: string; room: string; summary: string; payload: Json }[];
}

export function referencePage(document: Json): string {
  const { info, paths, components } = document as {
    info: { title: string; version: string; description: string };
    paths: Record<string, Record<string, DocumentedOperation>>;
    components: { schemas: Record<string, Json>; responses: Record<string, { description: string }> };
  };
  const socket = document['x-socket'] as SocketEvents;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags[0] ?? ''))];

  const nav = [
    ...tags.map((tag) => `<li><a href="#tag-${escaped(tag)}">${escaped(tag)}</a></li>`),
    '<li><a href="#sockets">sockets</a></li>',
    '<li><a href="#schemas">shapes</a></li>',
  ].join('');

  const sections = tags.map((tag) => {
    const entries = operations
      .filter(({ operation }) => operation.tags[0] === tag)
      .map(({ path, method, operation }) => describeOperation(path, method, operation, components.responses));
    return `<section id="tag-${escaped(tag)}"><h2>${escaped(tag)}</h2>${entries.join('')}</section>`;
  });

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)} API</title>
<link rel="stylesheet" href="/docs/reference.css">
</head>
<body>
<header><h1>${escaped(info.title)} API <small>${escaped(info.version)}</small></h1>
<p>${prose(info.description)}</p>
<p><a href="/openapi.json">openapi.json</a> · <a href="/">Back to Virgil</a></p></header>
<nav aria-label="Sections"><ul>${nav}</ul></nav>
<main>
${sections.join('\n')}
<section id="sockets"><h2>sockets</h2><p>${prose(socket.description)}</p>
${socket.commands.map(describeCommand).join('')}
${socket.broadcasts.map(describeBroadcast).join('')}
</section>
<section id="schemas"><h2>shapes</h2>
${Object.entries(components.schemas)
  .map(([name, schema]) => `<article id="schema-${escaped(name)}"><h3>${escaped(name)}</h3>${shape(schema)}</article>`)
  .join('')}
</section>
</main>
</body>
</html>
`;
}

function describeOperation(
  path: string,
  method: string,
  operation: DocumentedOperation,
  problems: Record<string, { description: string }>,
): string {
  const anyone = operation.security.length === 0 || operation.security.some((one) => Object.keys(one).length === 0);
  const parameters = operation.parameters.map(
    (one) =>
      `<tr><td><code>${escaped(one.name)}</code></td><td>${escaped(one.in)}${one.required ? '' : ', optional'}</td><td>${type(one.schema)} ${prose(one.description ?? '')}</td></tr>`,
  );
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
    ([media, { schema }]) => `<h4>Body <small>${escaped(media)}</small></h4>${shape(schema)}`,
  );
  const answers = Object.entries(operation.responses).map(([status, response]) => {
    const name = typeof response.$ref === 'string' ? (response.$ref.split('/').pop() ?? '') : null;
    const text = name === null ? success(response) : prose(problems[name]?.description ?? '');
    return `<tr><td>${escaped(status)}</td><td>${text}</td></tr>`;
  });
  return `<article id="${escaped(operation.operationId)}">
<h3><span class="method">${method}</span> <code>${escaped(path)}</code></h3>
<p>${prose(operation.summary)}</p>
<p class="who">${anyone ? 'Anyone' : 'Signed in'}, scope <code>${escaped(operation['x-scope'])}</code></p>
${parameters.length > 0 ? `<table><tbody>${parameters.join('')}</tbody></table>` : ''}
${bodies.join('')}
<h4>Answers</h4><table><tbody>${answers.join('')}</tbody></table>
</article>`;
}

function success(response: Json): string {
  const content = response.content as Record<string, { schema: Json }> | undefined;
  const [first] = Object.values(content ?? {});
  return first === undefined ? prose(String(response.description)) : shape(first.schema);
}

function describeCommand(command: SocketEvents['commands'][number]): string {
  return `<article id="command-${escaped(command.name)}"><h3><span class="method">emit</span> <code>${escaped(command.name)}</code></h3>
<p>${prose(command.summary)}</p><p class="who">${command.who === 'anyone' ? 'Anyone' : 'Signed in'}</p>
<h4>Payload</h4>${shape(command.payload)}<h4>Acknowledgement, beside <code>ok</code></h4>${shape(command.acknowledgement)}
<p>Refusals: ${command.errors.map((code) => `<code>${escaped(code)}</code>`).join(', ')}</p></article>`;
}

function describeBroadcast(broadcast: SocketEvents['broadcasts'][number]): string {
  return `<article id="broadcast-${escaped(broadcast.name)}"><h3><span class="method">on</span> <code>${escaped(broadcast.name)}</code></h3>
<p>${prose(broadcast.summary)}</p><p class="who">To: ${escaped(broadcast.room)}</p>${shape(broadcast.payload)}</article>`;
}

/** An object as a table of fields; anything else as its type. */
function shape(schema: Json): string {
  const properties = schema.properties as Record<string, Json> | undefined;
  if (properties === undefined) return `<p>${type(schema)}</p>`;
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const rows = Object.entries(properties).map(
    ([name, property]) =>
      `<tr><td><code>${escaped(name)}</code>${required.has(name) ? '' : ' <small>optional</small>'}</td><td>${type(property)} ${prose(String(property.description ?? ''))}</td></tr>`,
  );
  return rows.length === 0 ? '<p>nothing</p>' : `<table><tbody>${rows.join('')}</tbody></table>`;
}

function type(schema: Json): string {
  if (typeof schema.$ref === 'string') {
    const name = escaped(schema.$ref.split('/').pop() ?? '');
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (Array.isArray(schema.enum))
    return schema.enum.map((value) => `<code>${escaped(String(value))}</code>`).join(' | ');
  if (schema.const !== undefined) return `<code>${escaped(String(schema.const))}</code>`;
  const options = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Json[] | undefined;
  if (options !== undefined) return options.map(type).join(' or ');
  if (schema.type === 'array') return `list of ${type((schema.items as Json | undefined) ?? {})}`;
  if (schema.properties !== undefined) return shape(schema);
  return escaped([schema.type].flat().filter(Boolean).join(' or ') || 'anything') + limits(schema);
}

function limits(schema: Json): string {
  const parts: string[] = [];
  const low = schema.minLength ?? schema.minimum;
  const high = schema.maxLength ?? schema.maximum;
  if (typeof low === 'number' && low > Number.MIN_SAFE_INTEGER) parts.push(`from ${low}`);
  if (typeof high === 'number' && high < Number.MAX_SAFE_INTEGER) parts.push(`to ${high}`);
  if (schema.default !== undefined) parts.push(`default ${String(schema.default)}`);
  return parts.length === 0 ? '' : ` <small>(${escaped(parts.join(', '))})</small>`;
}

function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#17201c, #f0f4f2); --soft: light-dark(#56605b, #a9b3ae);
  --line: light-dark(#d5ddd8, #37413c); --ground: light-dark(#f7f9f8, #141a17); --tone: light-dark(#1f6b46, #86d3a9); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1rem 6rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 "Atkinson Hyperlegible Next", system-ui, sans-serif;
  display: grid; grid-template: "head head" auto "nav main" 1fr / 11rem minmax(0, 1fr); gap: 0 2rem; }
header { grid-area: head; } nav { grid-area: nav; } main { grid-area: main; }
nav ul { position: sticky; top: 1rem; list-style: none; margin: 0; padding: 0; }
h1 { font-size: 2.25rem; line-height: 1.12; margin: 0 0 .5rem; } h1 small, h4 small { color: var(--soft); font-weight: 400; font-size: .875rem; }
h2 { font-size: 1.6875rem; margin: 2rem 0 0; padding-bottom: .25rem; border-bottom: 2px solid var(--tone); }
h3 { font-size: 1.125rem; margin: 0 0 .25rem; overflow-wrap: anywhere; } h4 { font-size: .875rem; margin: 1rem 0 .25rem; color: var(--soft); }
article { padding: 1.25rem 0; border-bottom: 1px solid var(--line); scroll-margin-top: 1rem; } p { margin: .25rem 0; max-width: 66ch; }
.method { color: var(--tone); } .who, small { color: var(--soft); font-size: .875rem; }
code { font-family: "Atkinson Hyperlegible Mono", ui-monospace, monospace; font-size: .9375em; }
a { color: var(--tone); } a:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; } td { padding: .25rem .75rem .25rem 0; vertical-align: top; border-top: 1px solid var(--line); }
td:first-child { width: 14rem; overflow-wrap: anywhere; } td table td:first-child { width: 10rem; }
@media (max-width: 48rem) { body { grid-template: "head" auto "nav" auto "main" 1fr / minmax(0, 1fr); } nav ul { position: static; display: flex; flex-wrap: wrap; gap: .25rem 1rem; } td:first-child { width: 8rem; } }
`;
