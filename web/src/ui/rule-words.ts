/** What the rules that judge texts call themselves, in the reader's language. Unknown ones keep their own name. */
import { useTranslation } from 'react-i18next';

/** Under which key the words of a rule stand: `slur aimed at someone` is `slur_aimed_at_someone`. */
export const ruleKey = (rule: string): string => rule.toLowerCase().replace(/[^a-z0-9]+/g, '_');

export function useRuleWords(): (rule: string) => string {
  const { t } = useTranslation('queue');
  return (rule) => t(`rule.${ruleKey(rule) as 'slur'}`, { defaultValue: rule });
}
