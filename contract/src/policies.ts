/** The rules of the house in words, each in its versions and in both languages. */
import { z } from 'zod';
import { dmcaSettings } from './dmca-shapes.ts';
import { operation } from './operations.ts';

const inBoth = z.object({ en: z.string(), de: z.string() });

export const policy = z.object({
  /** Part of the page's address: `/policies/repeat-infringers`. */
  id: z.string(),
  version: z.int().positive(),
  /** The day from which this version holds. */
  effectiveFrom: z.iso.date(),
  title: inBoth,
  summary: inBoth,
  sections: z.array(z.object({ title: inBoth, paragraphs: z.array(inBoth) })),
  /** Versions that held before, oldest first. */
  earlier: z.array(z.object({ version: z.int().positive(), effectiveFrom: z.iso.date() })),
});
export type Policy = z.infer<typeof policy>;

export const listPolicies = operation({
  id: 'policies.list',
  method: 'GET',
  path: '/api/v1/policies',
  who: 'anyone',
  scope: 'read',
  summary: 'The policies in force, and the designated agent for notices of claimed infringement.',
  output: z.object({
    items: z.array(policy),
    nextCursor: z.string().nullable(),
    designatedAgent: dmcaSettings.shape.agent,
  }),
  errors: [],
  openToBanned: true,
});
