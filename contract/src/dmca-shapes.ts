/** Rights notices under 17 U.S.C. § 512, as the claimant, the creator and admins see them. */
import { z } from 'zod';
import { dmcaNoticeId, instant, person, text } from './primitives.ts';

/**
 * `incomplete`, `chased` and `void` exist only for notices that an admin entered from mail or post: the form and the
 * API refuse an incomplete one and store nothing.
 */
export const dmcaStatus = z.enum([
  'incomplete',
  'chased',
  'void',
  'valid',
  'approved',
  'rejected',
  'counter_noticed',
  'in_court',
  'restored',
  'retracted',
]);
export type DmcaStatus = z.infer<typeof dmcaStatus>;

export const dmcaTarget = z.strictObject({
  type: z.enum(['video', 'livestream']),
  id: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/),
});
export type DmcaTarget = z.infer<typeof dmcaTarget>;

/** One @ with something on both sides and nothing that could end a mail header. Empty counts as missing. */
const EMAIL = /^$|^[^\s@<>,;"]+@[^\s@<>,;"]+$/;
const email = text(0, 254)
  .refine((value) => EMAIL.test(value), 'is not an e-mail address')
  .meta({ pattern: '^\\s*$|^\\s*[^\\s@<>,;"]+@[^\\s@<>,;"]+\\s*$', minLength: 0, maxLength: 254 });

/**
 * Every element may be left out here, so that what is missing can be named in one answer: 422 `notice_incomplete` with
 * `missing`. Required are all but `claimant.phone` and `claimedWorkUrl`.
 */
export const dmcaNoticeBody = z.strictObject({
  target: dmcaTarget.optional(),
  claimant: z
    .strictObject({
      name: text(0, 200).optional(),
      /** Postal address, as one writes it on a letter. */
      address: text(0, 500).optional(),
      email: email.optional(),
      phone: text(0, 50).optional(),
    })
    .optional(),
  /** The work, or a representative list of works. */
  claimedWork: text(0, 5000).optional(),
  claimedWorkUrl: text(0, 2000).optional(),
  /** Where the material is on this instance, precisely enough to find it. */
  materialUrl: text(0, 2000).optional(),
  /** Good-faith belief that the use is not authorised by the owner, its agent, or the law. */
  goodFaith: z.boolean().optional(),
  /** The notice is accurate and, under penalty of perjury, the sender may act for the owner of the right. */
  accuracyUnderPerjury: z.boolean().optional(),
  /** The full name, typed: an electronic signature. */
  signature: text(0, 200).optional(),
});
export type DmcaNoticeBody = z.infer<typeof dmcaNoticeBody>;

/** As above: what is missing is named. All are required. */
export const counterNoticeBody = z.strictObject({
  name: text(0, 200).optional(),
  address: text(0, 500).optional(),
  email: email.optional(),
  phone: text(0, 50).optional(),
  /** What was removed and where it was. */
  materialLocation: text(0, 2000).optional(),
  /** Under penalty of perjury: a good-faith belief that it was removed by mistake or misidentification. */
  goodFaithUnderPerjury: z.boolean().optional(),
  /** To the federal court of the address's district; outside the US, of any district where the provider may be found. */
  consentToJurisdiction: z.boolean().optional(),
  /** Of process, from the claimant or their agent. */
  acceptService: z.boolean().optional(),
  signature: text(0, 200).optional(),
});
export type CounterNoticeBody = z.infer<typeof counterNoticeBody>;

/** What a field is called in `missing`. */
export const NOTICE_ELEMENTS = [
  'signature',
  'claimedWork',
  'target',
  'materialUrl',
  'claimant.name',
  'claimant.address',
  'claimant.email',
  'goodFaith',
  'accuracyUnderPerjury',
] as const;
export type NoticeElement = (typeof NOTICE_ELEMENTS)[number];

export const COUNTER_ELEMENTS = [
  'signature',
  'materialLocation',
  'goodFaithUnderPerjury',
  'name',
  'address',
  'email',
  'phone',
  'consentToJurisdiction',
  'acceptService',
] as const;
export type CounterElement = (typeof COUNTER_ELEMENTS)[number];

/** The claimant gets the whole copy, as § 512(g)(2)(B) asks; its author and admins read it too. */
export const counterNotice = z.object({
  name: z.string(),
  address: z.string(),
  email: z.string(),
  phone: z.string(),
  materialLocation: z.string(),
  signature: z.string(),
  receivedAt: instant,
});
export type CounterNotice = z.infer<typeof counterNotice>;

export const courtAction = z.object({ court: z.string(), reference: z.string(), at: instant });

export const restoredCause = z.enum(['put_back', 'court', 'retraction', 'appeal']);
export type RestoredCause = z.infer<typeof restoredCause>;

/** What both sides may know. Addresses of the claimant are in neither view. */
export const dmcaMatter = z.object({
  id: dmcaNoticeId,
  status: dmcaStatus,
  viewer: z.enum(['claimant', 'creator']),
  /** Null while an admin's entry does not name it yet; the title is for the creator alone. */
  target: z.object({ ...dmcaTarget.shape, title: z.string() }).nullable(),
  claimantName: z.string(),
  claimedWork: z.string(),
  claimedWorkUrl: z.string().nullable(),
  materialUrl: z.string(),
  receivedAt: instant,
  decidedAt: instant.nullable(),
  /** Why it was approved or rejected. */
  decisionReason: z.string().nullable(),
  counterNotice: counterNotice.nullable(),
  /** While the clock runs: the end of the tenth and of the fourteenth business day. */
  putBackAt: instant.nullable(),
  putBackLatest: instant.nullable(),
  courtAction: courtAction.nullable(),
  restoredAt: instant.nullable(),
  restoredCause: restoredCause.nullable(),
  retractedAt: instant.nullable(),
  /** What the reader can do now. */
  may: z.array(z.enum(['counter_notice', 'court_action', 'retract'])),
});
export type DmcaMatter = z.infer<typeof dmcaMatter>;

export const dmcaSource = z.enum(['form', 'mail', 'post']);

/** A row of the admins' list. */
export const dmcaListItem = z.object({
  id: dmcaNoticeId,
  status: dmcaStatus,
  source: dmcaSource,
  target: z.object({ ...dmcaTarget.shape, title: z.string() }).nullable(),
  creator: person.nullable(),
  claimantName: z.string(),
  claimedWork: z.string(),
  receivedAt: instant,
  decidedAt: instant.nullable(),
  putBackAt: instant.nullable(),
  /** The put-back is overdue: since the twelfth business day, and since the fourteenth. */
  alarm: z.enum(['late', 'breach']).nullable(),
});
export type DmcaListItem = z.infer<typeof dmcaListItem>;

export const dmcaStep = z.object({
  type: z.enum([
    'received',
    'entered',
    'completed',
    'chased',
    'voided',
    'approved',
    'rejected',
    'counter_noticed',
    'court_action',
    'restored',
    'retracted',
    'strike_lifted',
    'evidence_sealed',
    'evidence_opened',
    'alarm',
    'breach',
    'misrepresentation',
  ]),
  at: instant,
  /** Null: the claimant, the creator or the system, by the type. */
  by: person.nullable(),
  note: z.string().nullable(),
});
export type DmcaStep = z.infer<typeof dmcaStep>;

/** What an admin reads before deciding. */
export const dmcaDossier = z.object({
  ...dmcaListItem.shape,
  claimant: z.object({ name: z.string(), address: z.string(), email: z.string(), phone: z.string() }),
  claimedWorkUrl: z.string().nullable(),
  materialUrl: z.string(),
  signature: z.string(),
  goodFaith: z.boolean(),
  accuracyUnderPerjury: z.boolean(),
  missing: z.array(z.enum(NOTICE_ELEMENTS)),
  decidedBy: person.nullable(),
  decisionReason: z.string().nullable(),
  counterNotice: counterNotice.nullable(),
  putBackLatest: instant.nullable(),
  courtAction: courtAction.nullable(),
  restoredAt: instant.nullable(),
  restoredCause: restoredCause.nullable(),
  retractedAt: instant.nullable(),
  retractionReason: z.string().nullable(),
  strikeId: z.string().nullable(),
  /** By the same e-mail address, this one included; and how many of them were found misrepresented (§ 512(f)). */
  sender: z.object({ notices: z.int().nonnegative(), misrepresentations: z.int().nonnegative() }),
  /** Other notices about the same work, newest first. */
  related: z.array(z.object({ id: dmcaNoticeId, status: dmcaStatus, receivedAt: instant })),
  evidence: z.array(
    z.object({ id: z.string(), kind: z.enum(['decision', 'recording']), sha256: z.string(), sealedAt: instant }),
  ),
  steps: z.array(dmcaStep),
});
export type DmcaDossier = z.infer<typeof dmcaDossier>;

/** What was sealed, opened. `content` is the document itself, as it was on the day. */
export const openedEvidence = z.object({
  id: z.string(),
  kind: z.enum(['decision', 'recording']),
  sha256: z.string(),
  sealedAt: instant,
  /** The sealed bytes still have the hash that the audit log names. */
  isIntact: z.boolean(),
  content: z.record(z.string(), z.unknown()),
});

const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const day = z.iso.date().regex(DAY);

/** The designated agent of 17 U.S.C. § 512(c)(2), as the site has to show it, and how notices are handled. */
export const dmcaSettings = z.object({
  agent: z
    .object({
      name: z.string(),
      organisation: z.string(),
      address: z.string(),
      email: z.string(),
      phone: z.string(),
      /** Of the Copyright Office's directory. */
      registrationNumber: z.string(),
      /** The day of the registration or of its last renewal; it ends three years later (37 CFR 201.38(c)(4)). */
      registeredOn: day.nullable(),
      renewBy: day.nullable(),
    })
    .nullable(),
  /** The agent's; business days are counted there. */
  timeZone: z.string(),
  /** Days the government is closed beside the holidays of 5 U.S.C. 6103, such as a day of mourning. */
  closedDays: z.array(day),
  lumenExport: z.boolean(),
});
export type DmcaSettings = z.infer<typeof dmcaSettings>;

export const dmcaSettingsBody = z.strictObject({
  /** Left out: there is none. */
  agent: z
    .strictObject({
      name: text(1, 200),
      organisation: text(0, 200).default(''),
      address: text(1, 500),
      email: text(3, 254).refine((value) => EMAIL.test(value), 'is not an e-mail address'),
      phone: text(1, 50),
      registrationNumber: text(0, 50).default(''),
      registeredOn: day.nullable().default(null),
    })
    .optional(),
  timeZone: z.string().min(1).max(64),
  closedDays: z.array(day).max(100).default([]),
  lumenExport: z.boolean().default(false),
});
