/** For the one test that reads a style sheet; the app itself knows no Node. */
declare module 'node:fs' {
  export function readFileSync(path: URL, encoding: 'utf8'): string;
}
