import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = path.join(import.meta.dirname, 'dependency-rules.mjs');
let folder;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dependency rules '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file, text = 'export const value = 1;\n') {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

const check = () => spawnSync(process.execPath, [script, '--root', folder], { encoding: 'utf8' });

function writeImport(from, to, kind = 'import') {
  const isOwn = !to.startsWith('node:');
  const specifier = isOwn ? path.relative(path.dirname(path.join(folder, from)), path.join(folder, to)) : to;
  const line = `${kind} { value } from '${isOwn && !specifier.startsWith('.') ? `./${specifier}` : specifier}';`;
  write(
    from,
    kind === 'import' ? `${line}\nexport const seen = value;\n` : `${line}\nexport type Seen = typeof value;\n`,
  );
  if (isOwn) write(to);
}

/** All in one tree, so that it is read once. */
const breaches = [
  ['contract-knows-nobody', 'contract/src/chat.ts', 'server/src/clock.ts'],
  ['web-and-server-are-strangers', 'web/src/app/main.tsx', 'server/src/clock.ts'],
  ['libraries-know-no-product', 'packages/tlog/src/tree.ts', 'contract/src/tips.ts'],
  ['outside-clients-stay-outside', 'e2e/flows/live.spec.ts', 'server/src/app.ts'],
  ['mechanisms-know-no-feature', 'server/src/http/edge.ts', 'server/src/features/chat/index.ts'],
  ['slices-meet-at-the-door', 'server/src/features/chat/send-message.ts', 'server/src/features/channels/store.ts'],
  ['policy-only-decides', 'server/src/features/chat/policy.ts', 'server/src/features/chat/store.ts'],
  ['policy-does-no-io', 'server/src/features/chat/mode-policy.ts', 'node:fs'],
  ['use-cases-know-no-binding', 'server/src/features/chat/join-room.ts', 'server/src/features/chat/routes.ts'],
  ['stores-hold-only-sql', 'server/src/features/strikes/store.ts', 'server/src/realtime/rooms.ts'],
  ['features-ask-for-ports', 'server/src/features/chat/react.ts', 'server/src/app.ts'],
  ['media-engines-are-chosen-in-app', 'server/src/subscriptions.ts', 'server/src/media/embedded/index.ts'],
  ['web-features-do-not-mix', 'web/src/features/inbox/page.tsx', 'web/src/features/settings/form.tsx'],
  ['web-pieces-stand-alone', 'web/src/features/chat/list.tsx', 'web/src/features/player/video.tsx'],
  ['web-ground-floor-looks-up-to-nobody', 'web/src/ui/button.tsx', 'web/src/features/inbox/inbox.tsx'],
  ['product-does-not-need-its-tests', 'server/src/actor.ts', 'server/test/kit/app.ts'],
  ['scripts-need-only-node', 'scripts/start.mjs', 'server/src/main.ts'],
];

describe('the dependency rules', () => {
  it('object to each import that the style forbids, by name and place', () => {
    for (const [, from, to] of breaches) writeImport(from, to);
    const { stdout, status } = check();
    for (const [rule, from, to] of breaches) {
      expect(stdout).toContain(`error ${rule}: ${from} → ${to.replace('node:', '')}`);
    }
    expect(status).toBe(1);
  });

  it('see an import that is only a type', () => {
    writeImport('contract/src/chat.ts', 'server/src/clock.ts', 'import type');
    expect(check().stdout).toContain('error contract-knows-nobody');
  });

  it('see two files that load each other, and let types go round', () => {
    write('server/src/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n");
    const load = "import { b } from './b.ts';\nexport const a = () => b;\n";
    const typeOnly = "import type { b } from './b.ts';\nexport const a = (): typeof b | undefined => undefined;\n";
    const run = (text) => {
      write('server/src/a.ts', text);
      return check().status;
    };
    expect(run(load)).toBe(1);
    expect(run(typeOnly)).toBe(0);
  });

  it('find nothing wrong with the paths that the style asks for', () => {
    write('contract/src/index.ts');
    write('server/src/features/channels/index.ts');
    write('server/src/features/chat/policy.ts');
    writeImport('server/src/features/chat/chat.ts', 'server/src/features/chat/socket.ts');
    writeImport('web/src/features/watch/page.tsx', 'web/src/features/player/video.tsx');
    write(
      'server/src/features/chat/send-message.ts',
      "import { value } from '../channels/index.ts';\nimport { value as other } from './policy.ts';\nexport const seen = [value, other];\n",
    );
    const { stdout, stderr, status } = check();
    expect({ stderr, status }, stdout).toEqual({ stderr: '', status: 0 });
  });
});
