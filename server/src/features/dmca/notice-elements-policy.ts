/** Which elements of a notice or counter-notice are missing. Facts in, names out, in the order of the law. */
import type { CounterElement, CounterNoticeBody, DmcaNoticeBody, NoticeElement } from '@virgil/contract';

const blank = (text: string | undefined): boolean => (text ?? '') === '';

/** 17 U.S.C. § 512(c)(3)(A)(i)–(vi). */
export function missingOfNotice(notice: DmcaNoticeBody): NoticeElement[] {
  const { claimant = {} } = notice;
  const missing: [NoticeElement, boolean][] = [
    ['signature', blank(notice.signature)],
    ['claimedWork', blank(notice.claimedWork)],
    ['target', notice.target === undefined],
    ['materialUrl', blank(notice.materialUrl)],
    ['claimant.name', blank(claimant.name)],
    ['claimant.address', blank(claimant.address)],
    ['claimant.email', blank(claimant.email)],
    ['goodFaith', notice.goodFaith !== true],
    ['accuracyUnderPerjury', notice.accuracyUnderPerjury !== true],
  ];
  return missing.flatMap(([element, isMissing]) => (isMissing ? [element] : []));
}

/** 17 U.S.C. § 512(g)(3)(A)–(D). */
export function missingOfCounterNotice(notice: CounterNoticeBody): CounterElement[] {
  const missing: [CounterElement, boolean][] = [
    ['signature', blank(notice.signature)],
    ['materialLocation', blank(notice.materialLocation)],
    ['goodFaithUnderPerjury', notice.goodFaithUnderPerjury !== true],
    ['name', blank(notice.name)],
    ['address', blank(notice.address)],
    ['email', blank(notice.email)],
    ['phone', blank(notice.phone)],
    ['consentToJurisdiction', notice.consentToJurisdiction !== true],
    ['acceptService', notice.acceptService !== true],
  ];
  return missing.flatMap(([element, isMissing]) => (isMissing ? [element] : []));
}
