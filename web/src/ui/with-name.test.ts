import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { WithName } from './with-name.tsx';

test.each<[string, (name: string) => string, string]>([
  ['Mira', (name) => `${name} here`, '<bdi>Mira</bdi> here'],
  ['مريم', (name) => `given by ${name}`, 'given by <bdi>مريم</bdi>'],
  ['{{name}} <b>', (name) => `${name} passed it on`, '<bdi>{{name}} &lt;b&gt;</bdi> passed it on'],
  ['Mira', () => 'Somebody', 'Somebody'],
])('%s stands apart from the words around it', (name, words, expected) => {
  expect(renderToStaticMarkup(createElement(WithName, { name, words }))).toBe(expected);
});
