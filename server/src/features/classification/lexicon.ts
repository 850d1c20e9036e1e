/**
 * Words and phrases the rules look for: English and German, own work, kept small on purpose. A word list catches the
 * explicit and nothing else; the trained classifier is for the rest. Patterns see folded text (see
 * `normalise-text.ts`): lower case, `ss` for `ß`, umlauts kept. Content warning: the patterns below are offensive.
 *
 * Scores: ≥ 0.85 is blocked and ≥ 0.60 held by default. A slur alone is held, because quoting and reclaiming exist;
 * a slur aimed at someone, a call for violence or telling someone to die is blocked. Profanity alone is neither.
 */
import type { Category } from '@virgil/contract';

export interface Phrase {
  readonly category: Category;
  readonly score: number;
  readonly reason: string;
  readonly pattern: RegExp;
}

const SLURS_EN = 'niggers?|kikes?|faggots?|wetbacks?|ragheads?|sandniggers?|gooks?|towelheads?|shemales?';
const SLURS_DE =
  'kanak(?:e|en)|judensau|saujuden?|schwuchteln?|neger[ns]?|untermensch(?:en)?|kümmeltürken?|dreckstürken?|zigeunerpack|scheissausländer|scheissjuden?';
const SLURS = `(?:${SLURS_EN}|${SLURS_DE}|chinks?(?! in (?:the|your|my|his|her|their|our) armou?r)|spics?(?! and span))`;
const GROUPS =
  '(?:jews?|muslims?|blacks?|gays?|trans(?: people)?|immigrants?|refugees?|arabs?|gypsies|women|juden|muslime?|schwarzen?|schwule|ausländer|flüchtlinge|türken|frauen)';

const word = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'u');

export const PHRASES: readonly Phrase[] = [
  {
    category: 'hate',
    score: 0.93,
    reason: 'slur aimed at someone',
    pattern: word(
      `(?:you(?:'?re| are)?|ur|u|du|ihr|dirty|stupid|filthy|fucking|dumme[rns]?|dreckige[rns]?|verdammte[rns]?|scheiss)(?: \\p{L}{1,12}){0,2} ${SLURS}`,
    ),
  },
  { category: 'hate', score: 0.76, reason: 'slur', pattern: word(SLURS) },
  {
    category: 'hate',
    score: 0.94,
    reason: 'call for violence against a group',
    pattern: word(
      `(?:gas|kill|shoot|hang|exterminate|lynch|deport|vergast|tötet|erschiesst|hängt) (?:all |the |all the |alle |die |alle die )${GROUPS}|${GROUPS} (?:should|must|need to|deserve to) (?:die|be killed|be shot|be gassed|burn)|${GROUPS} (?:ins gas|vergasen|abknallen|an die wand)`,
    ),
  },
  {
    category: 'hate',
    score: 0.9,
    reason: 'Nazi slogan',
    pattern: word('sieg heil|heil hitler|hitler (?:was|did nothing|hatte) (?:right|wrong|recht)|white power'),
  },
  {
    category: 'harassment',
    score: 0.9,
    reason: 'telling someone to die',
    pattern: word(
      '(?:go |please |just |now )?(?:kill ?(?:yourself|urself|yourselves)|hang yourself|neck yourself|end yourself)|kys|(?:go|please|just) die(?: in a (?:fire|hole))?(?: already)?,? you|(?:bring dich(?: doch| endlich| bitte)* um|häng dich(?: doch| endlich| bitte)* auf|(?:erhäng|erschiess|töte) dich)',
    ),
  },
  {
    category: 'harassment',
    score: 0.64,
    reason: 'heavy insult',
    pattern: word(
      '(?:you|ur|u|du|dumme[rs]?|blöde[rs]?|stupid|fucking)(?: \\p{L}{1,12}){0,2} (?:bitch|cunt|whore|slut|hurensohn|hure|fotze|nutte|wichser|missgeburt|schlampe)|hurens(?:o|ö)hne?|missgeburt(?:en)?',
    ),
  },
  {
    category: 'threat',
    score: 0.9,
    reason: 'threat with knowledge of where someone is',
    pattern: word(
      "(?:i|we)(?: know|'ve found| found| have) (?:where you live|your (?:home )?address|out where you live)|(?:ich weiss|wir wissen),? wo du wohnst",
    ),
  },
  {
    category: 'threat',
    score: 0.74,
    reason: 'threat of violence',
    pattern: word(
      "(?:i(?:'?m| am| will|'?ll)|we(?:'?re| are| will|'?ll)|imma)(?: (?:gonna|going to|will|really|come and|come|so))* (?:kill|murder|shoot|stab|behead|rape|hurt) (?:you|u|your (?:family|mother|mom|kids?|children))(?! an? )|ich (?:werde |will )?(?:bringe?|steche|schlage|erschiesse|töte) (?:dich|euch|deine familie)(?: um| ab| tot)?|ich (?:werde|will) (?:dich|euch|deine familie) (?:umbringen|töten|abstechen|erschiessen|totschlagen)",
    ),
  },
  {
    category: 'threat',
    score: 0.88,
    reason: 'threat of an attack',
    pattern: word(
      "(?:i(?:'?m| am| will|'?ll)|we(?:'?re| are| will|'?ll))(?: (?:gonna|going to))? (?:shoot up|bomb|blow up) (?:the|a|your|my) (?:school|church|mosque|synagogue|hospital|office|stream(?:er)?'?s? house)|there is a bomb (?:in|at) (?:the|your)",
    ),
  },
  {
    category: 'self_harm',
    score: 0.72,
    reason: 'speaks of ending their own life',
    pattern: word(
      "(?:i(?:'?m| am|'?ll| will)?|i want to|i wanna|thinking (?:about|of))(?: (?:gonna|going to|want to|wanna|just))* (?:kill(?:ing)? myself|end(?:ing)? my life|cut(?:ting)? myself|hang(?:ing)? myself)|i(?:'?m| am| feel) suicidal|i (?:don'?t|do not) want to (?:live|be alive) anymore|ich (?:will|möchte|werde) (?:nicht mehr leben|mich umbringen|mich töten|mir das leben nehmen)|ich bringe? mich um(?! den)|ich ritze mich",
    ),
  },
  {
    category: 'minors',
    score: 0.92,
    reason: 'sexual material of children',
    pattern: word(
      '(?:child|kiddie|kinder|preteen) ?porn(?:o|ography|os)?|(?:trade|trading|selling|sell|tausche|verkaufe) (?:cp|cheese pizza)|cp (?:links?|folder|mega|trade)|loli ?porn',
    ),
  },
  {
    category: 'minors',
    score: 0.86,
    reason: 'sexual approach to a child',
    pattern: word(
      '(?:(?:[6-9]|1[0-7]) ?(?:yo|y\\/o|years? old|jahre alt|j(?:ä|ae)hrige[sr]?))(?:\\P{L}+\\p{L}+){0,8}\\P{L}+(?:nudes?|naked|nackt|nacktbilder|sexy|horny|boobs?|dick|pussy)|(?:nudes?|naked|nackt|nacktbilder|horny)(?:\\P{L}+\\p{L}+){0,8}\\P{L}+(?:(?:[6-9]|1[0-7]) ?(?:yo|y\\/o|years? old|jahre alt|j(?:ä|ae)hrige[sr]?))',
    ),
  },
  {
    category: 'sexual',
    score: 0.68,
    reason: 'sexual solicitation or explicit remark at someone',
    pattern: word(
      '(?:send|show)(?: me| us)?(?: your| ur| some)? (?:nudes?|tits|boobs|pussy|dick)|suck my (?:dick|cock)|(?:i want to|i wanna|let me) fuck (?:you|u)|show (?:your )?feet pics|(?:zeig|schick)(?: mir| uns| mal| doch)* (?:deine )?(?:titten|brüste|muschi|nacktbilder|nudes)|ich (?:will|möchte) dich ficken|lutsch meinen schwanz',
    ),
  },
  {
    category: 'sexual',
    score: 0.66,
    reason: 'advertises sexual content',
    pattern: word(
      '(?:my|check my|meine?n?) (?:onlyfans|nudes|sex ?tapes?)(?: (?:link|in bio|is|ist))|hot (?:girls|singles) (?:near|in) (?:you|your area)',
    ),
  },
  {
    category: 'impersonation',
    score: 0.74,
    reason: 'poses as staff',
    pattern: word(
      "(?:i(?:'?m| am)|this is|we are|ich bin|hier ist|wir sind)(?: (?:a|an|the|from|with|your|vom|von|der|das|ein|eine|offizielle[rs]?|official))* (?:(?:virgil|twitch|discord|steam|platform|youtube) (?:staff|support|admin(?:istrator)?|moderator|team|security)|(?:support|sicherheits)-?team)",
    ),
  },
  {
    category: 'fraud',
    score: 0.87,
    reason: 'asks for a password or code',
    pattern: word(
      '(?:send|give|tell|dm|schick|gib|sag)(?: me| us| mir| uns)? (?:your|ur|dein(?:en?)?|the) (?:password|passwort|login|2fa(?: code)?|verification code|seed phrase|recovery phrase|backup codes?|private key)',
    ),
  },
  {
    category: 'fraud',
    score: 0.87,
    reason: 'promises to multiply money',
    pattern: word(
      '(?:send|invest|deposit|schick(?:e|t)?|investier(?:e|t)?) [\\d.,]{1,9} ?(?:\\$|€|usd|eur|btc|eth|bitcoin|dollars?|euro)(?:\\P{L}+\\p{L}+){0,6}\\P{L}+(?:get|receive|back|double|zurück|doppelte|verdoppeln)|double your (?:bitcoin|btc|crypto|money|eth)|verdopple (?:dein(?:e|en)?) (?:geld|bitcoin|krypto)',
    ),
  },
  {
    category: 'spam',
    score: 0.72,
    reason: 'sells followers or viewers',
    pattern: word(
      '(?:buy|cheap|best|free|get|kaufe?|günstige?|billige?)(?: \\p{L}{1,12}){0,2} (?:viewers?|followers?|subs|zuschauer|abonnenten)(?: (?:on|at|from|for|auf|bei|für) \\S+| (?:cheap|fast|now|bot|bots|günstig))',
    ),
  },
  {
    category: 'spam',
    score: 0.68,
    reason: 'asks people into a private chat for gain',
    pattern: word(
      '(?:dm|text|whatsapp|telegram|message|contact|add)(?: me| us| him| her| now)?(?:\\P{L}+\\p{L}+){0,6}\\P{L}+(?:invest(?:ment|ing)?|profits?|forex|trading signals?|crypto|earn \\$?\\d+|passive income)|(?:earn|make|verdiene?) (?:\\$|€)?\\d{3,6} ?(?:\\$|€|usd|euro|dollars?)? (?:a|per|every|am|pro|in der) (?:day|week|hour|tag|woche|stunde)',
    ),
  },
  {
    category: 'pii',
    score: 0.64,
    reason: 'gives away where someone lives',
    pattern: word(
      "(?:his|her|their|streamer'?s|seine|ihre) (?:home )?(?:address is|adresse (?:ist|lautet))|(?:he|she|they|er|sie) (?:lives? at|wohnt (?:in der|am|im)) \\d*\\s?\\p{L}+(?: \\p{L}+)? ?\\d+",
    ),
  },
  {
    category: 'terror',
    score: 0.88,
    reason: 'praises or recruits for terror',
    pattern: word(
      '(?:join|support|long live|glory to|es lebe|schliess(?:t)? euch) (?:isis|the islamic state|al.?qaida|al.?qaeda|der is|dem is|atomwaffen)|how to (?:make|build) a (?:pipe )?bomb',
    ),
  },
  {
    category: 'toxicity',
    score: 0.45,
    reason: 'profanity at someone',
    pattern: word(
      'fuck (?:you|u|off)|stfu|shut the fuck up|fick dich|halt(?:s|et)? (?:die fresse|maul|dein maul)|verpiss dich|piss off',
    ),
  },
  {
    category: 'toxicity',
    score: 0.25,
    reason: 'profanity',
    pattern: word(
      'fuck(?:ing|ed|er)?|shit(?:ty)?|asshole|bitch|cunt|retard(?:ed)?|scheisse?|arschloch|spast(?:i|en)?|wichser|fotze',
    ),
  },
];

/** Words by which a text tells of abuse instead of committing it. It is then held at most, for a person to read. */
export const REPORTS_ABUSE = word(
  "called (?:me|him|her|them|us)|(?:he|she|they|someone|somebody|people|who) (?:said|says|wrote|told|tells|called|keeps? saying)|i (?:reported|got banned)|(?:don'?t|do not|never|stop|shouldn'?t) (?:say|saying|call|calling|tell|telling|use)|the word|reported (?:him|her|them|someone)|(?:nannte|nennt|nannten) (?:mich|ihn|sie|uns)|(?:er|sie|jemand|man) (?:sagte|schrieb|hat|meinte)|(?:sag|sagt|sage) (?:nicht|nie|niemals)|das wort|gemeldet",
);
