import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lumenNotice } from './lumen-export.ts';
import type { Counter, Notice } from './store.ts';

/** What the database asks of a notice (its API documentation; roles and actions as its models list them). */
const url = z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(8192) });
const submission = z.strictObject({
  type: z.literal('DMCA'),
  title: z.string().min(1),
  subject: z.string().optional(),
  body: z.string().optional(),
  date_sent: z.iso.date(),
  // Nothing before the act itself: it was signed on 28 October 1998.
  date_received: z.iso.date().refine((day) => day > '1998-10-28'),
  source: z.string(),
  action_taken: z.enum(['Yes', 'No', 'Partial', 'Unspecified']),
  jurisdiction_list: z.string(),
  works_attributes: z
    .array(
      z.strictObject({
        kind: z.string().min(1),
        description: z.string(),
        copyrighted_urls_attributes: z.array(url),
        infringing_urls_attributes: z.array(url).min(1),
      }),
    )
    .min(1),
  entity_notice_roles_attributes: z
    .array(
      z.strictObject({
        name: z.enum([
          'principal',
          'agent',
          'recipient',
          'sender',
          'submitter',
          'target',
          'issuing_court',
          'plaintiff',
          'defendant',
        ]),
        entity_attributes: z.strictObject({ name: z.string().min(1), kind: z.enum(['organization', 'individual']) }),
      }),
    )
    .min(1),
});

const notice = {
  id: 'n',
  source: 'form',
  status: 'approved',
  decision: 'approved',
  targetType: 'video',
  targetId: 'v1',
  claimantName: 'Rita Holder',
  claimantAddress: '12 Harbour Street\nPortland, OR 97201',
  claimantEmail: 'rita@holder.example',
  claimantPhone: '+1 503 555 0100',
  claimedWork: 'The song “Harbour Lights”.\nAsk rita@holder.example, other@mail.example or call (503) 555-0177-99.',
  claimedWorkUrl: 'https://holder.example/harbour-lights?mail=rita@holder.example',
  receivedAt: new Date('2027-03-01T12:00:00Z'),
} as Notice;
const counter = {
  name: 'Mira Voss',
  address: 'Gasse 1\n1010 Wien',
  email: 'm@v.example',
  phone: '+43 1 5550100',
} as Counter;
const agent = {
  name: 'Ada',
  organisation: 'Virgil Ltd',
  address: '',
  email: '',
  phone: '',
  registrationNumber: '',
  registeredOn: null,
};

describe('a notice for Lumen', () => {
  test.each([
    ['approved', notice, 'Yes'],
    ['rejected', { ...notice, decision: 'rejected' }, 'No'],
    ['not decided', { ...notice, decision: null }, 'Unspecified'],
  ] as const)('%s has the shape that its database takes', (_what, each, action) => {
    const document = lumenNotice({ notice: each as Notice, counter: null, publicUrl: 'https://virgil.example', agent });
    expect(submission.parse(document)).toMatchObject({ action_taken: action });
  });

  test('names the parties and holds nobody’s contact, wherever it was written', () => {
    const document = lumenNotice({ notice, counter, publicUrl: 'https://virgil.example', agent: null });
    const text = JSON.stringify(submission.parse(document));
    expect(text).toContain('Rita Holder');
    for (const secret of ['Harbour Street', 'Portland', 'rita@', 'other@', '555', 'Mira', 'Wien', 'm@v']) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('Harbour Lights');
  });

  test('leaves out an address of the work that is no web page', () => {
    const claimedWorkUrl = 'javascript:alert(1)';
    const document = lumenNotice({
      notice: { ...notice, claimedWorkUrl },
      counter: null,
      publicUrl: 'https://virgil.example',
      agent,
    });
    expect(JSON.stringify(document)).not.toContain('javascript');
  });
});
