import { existsSync, readdirSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Checks the rules of .dependency-cruiser.mjs; `--root <folder>` checks another tree by the same rules.
 *
 * dependency-cruiser reads TypeScript with the compiler's JavaScript interface, which TypeScript 7 no longer has.
 * It gets an older compiler under the name it asks for, for this process alone. Without one it would skip every .ts
 * file and report no violation, so that is checked first.
 */
const here = import.meta.url;
const asked = process.argv.indexOf('--root');
const rootFolder = asked === -1 ? path.resolve(new URL('../..', here).pathname) : path.resolve(process.argv[asked + 1]);

const olderCompiler = 'typescript-for-dependency-cruiser';
registerHooks({
  resolve: (specifier, context, next) =>
    /^typescript($|\/)/.test(specifier)
      ? next(specifier.replace('typescript', olderCompiler), { ...context, parentURL: here })
      : next(specifier, context),
});

const { allExtensions, cruise, format } = await import('dependency-cruiser');
const readsTypeScript = allExtensions.some(({ extension, available }) => extension === '.ts' && available);
if (!readsTypeScript) throw new Error(`dependency-cruiser found no TypeScript compiler it can use (${olderCompiler})`);

const configuration = createRequire(here).resolve('../../.dependency-cruiser.mjs');
const { forbidden, options } = (await import(pathToFileURL(configuration).href)).default;

const packages = path.join(rootFolder, 'packages');
const libraries = existsSync(packages) ? readdirSync(packages).map((name) => `packages/${name}/src`) : [];
const places = ['contract/src', 'server/src', 'server/test', 'web/src', 'e2e', 'scripts', ...libraries].filter(
  (place) => existsSync(path.join(rootFolder, place)),
);

const { output } = await cruise(places, { ...options, baseDir: rootFolder, validate: true, ruleSet: { forbidden } });
const report = await format(output, { outputType: 'err-long' });
process.stdout.write(report.output);
process.exitCode = report.exitCode === 0 ? 0 : 1;
