import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessByRules } from './rule-filter.ts';

const HOLD = 0.6;
const BLOCK = 0.85;

describe('ordinary sentences pass', () => {
  test.each([
    'hello everyone, first time here',
    'gg wp, that was a close one',
    'I hate this level so much',
    'this boss is killing me',
    "I'm dying of laughter",
    'kill the dragon before it heals',
    'you killed it tonight, great set!',
    "I'll shoot you a message later",
    'that shot was insane',
    'what the fuck was that',
    'holy shit nice save',
    'Black lives matter',
    'my gay best friend loves your music',
    'I am a proud Muslim woman and I love this game',
    'Jewish museum opens at 10',
    'there is a chink in the armor on the left side',
    'my kitchen is spic and span',
    'Niger and Nigeria are two countries',
    'he lives in Berlin now',
    'my address book is a mess',
    'my daughter is 12 years old and loves this stream',
    'I was 14 years old when I heard this song',
    'check out https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'our discord is https://discord.gg/virgil',
    'source is on github.com/virgil/virgil',
    'I read it on en.wikipedia.org',
    'see server.ts and main.js',
    'version 1.2.3.4 is out',
    'mail me at someone@example.org',
    'is this free? where can I download it',
    'can the admin please check the sound',
    'the support team was really nice yesterday',
    'I forgot my password again lol',
    'order number 1234 5678 9012 3456',
    'the build takes 1488 ms... no, 1500',
    'suicide squad is a bad film',
    'die, die, my darling is a great song',
    'see you in five minutes',
    'A'.repeat(500),
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA GOOOOOOOOAL',
    '🔥'.repeat(40),
    'WHY IS EVERYBODY SHOUTING IN THIS CHAT TODAY',
    '<script>alert(1)</script>',
    'SELECT * FROM users; DROP TABLE users',
    'Guten Abend zusammen, schön hier zu sein',
    'Ich hasse dieses Level',
    'Der Boss macht mich fertig',
    'ich lach mich tot',
    'Die Toten Hosen spielen heute',
    'das war ein super Schuss',
    'so ein Scheiss, schon wieder verloren',
    'Meine Oma isst gern Zigeunerschnitzel, heisst jetzt anders',
    'häng dich nicht so rein',
    'bring dich bitte mehr ein',
    'Wo wohnst du eigentlich?',
    'Meine Tochter ist 12 Jahre alt und liebt den Stream',
    'Ausländer und Inländer feiern zusammen',
    'Wer kommt morgen zum Konzert am Alexanderplatz 3?',
    'Der Support hat mir schnell geholfen',
    'Passwort vergessen, wie geht das nochmal?',
    'schlag mich tot, ich weiss es nicht',
    'Ich werde dich vermissen',
    'Das ist echt der Hammer, danke!',
    'Mir ist schlecht vor Lachen',
    'Schiess doch endlich ein Tor!',
  ])('%s', (text) => {
    expect(assessByRules(text).score).toBeLessThan(HOLD);
  });
});

/** What must never be published. Disguises of one sentence each, so that the list stays readable. */
describe('breaches are held or blocked', () => {
  test.each([
    ['harassment', BLOCK, 'kill yourself'],
    ['harassment', BLOCK, 'k i l l y o u r s e l f'],
    ['harassment', BLOCK, 'k1ll y0urs3lf'],
    ['harassment', BLOCK, 'kіll yоurself'],
    ['harassment', BLOCK, 'ｋｉｌｌ ｙｏｕｒｓｅｌｆ'],
    ['harassment', BLOCK, 'k\u200bi\u200bll your\u2060self'],
    ['harassment', BLOCK, 'killlll yourself'],
    ['harassment', BLOCK, 'bring dich um'],
    ['harassment', HOLD, 'du dummer Hurensohn'],
    ['threat', BLOCK, 'I know where you live'],
    ['threat', HOLD, "I'm going to kill you"],
    ['threat', HOLD, 'ich werde dich abstechen'],
    ['threat', BLOCK, "I'm going to shoot up the school"],
    ['self_harm', HOLD, 'I want to kill myself'],
    ['self_harm', HOLD, 'ich will nicht mehr leben'],
    ['sexual', HOLD, 'send me nudes'],
    ['minors', HOLD, 'selling cp'],
    ['impersonation', HOLD, 'I am from the Twitch support team'],
    ['fraud', BLOCK, 'give me your password'],
    ['fraud', BLOCK, 'send 1 btc to this address and get 2 back'],
    ['fraud', BLOCK, 'free nitro: https://dlscord-nitro.gift/claim'],
    ['fraud', HOLD, 'look https://steamcommunlty.com/trade'],
    ['fraud', HOLD, 'look https://steamcommunlty%2Ecom/trade'],
    ['fraud', HOLD, 'see 101nitro.com'],
    ['spam', HOLD, 'Cheap viewers on bigfollows dot com'],
    ['spam', HOLD, 'go to http://192.0.2.7/x'],
    ['pii', HOLD, 'his card is 4111 1111 1111 1111'],
    ['pii', HOLD, 'DE89 3704 0044 0532 0130 00'],
    ['terror', BLOCK, 'join isis'],
    ['hate', BLOCK, 'sieg heil'],
  ] as const)('%s from %d: %s', (category, least, text) => {
    const assessment = assessByRules(text);
    expect(assessment.category).toBe(category);
    expect(assessment.score).toBeGreaterThanOrEqual(least);
  });

  test('telling of abuse is held for a person, never blocked', () => {
    const told = assessByRules('someone told me to kill yourself and I reported them');
    expect(told.score).toBeGreaterThanOrEqual(HOLD);
    expect(told.score).toBeLessThan(BLOCK);
  });

  test('every category that was found keeps its highest score, and the text stays as the deciding rule read it', () => {
    const assessment = assessByRules('k1ll y0urs3lf, fuck, free nitro https://dlscord-nitro.gift/claim');
    expect(assessment).toMatchObject({ category: 'harassment', reason: 'telling someone to die', score: 0.9 });
    expect(assessment.breakdown).toEqual({ harassment: 0.9, toxicity: 0.25, fraud: 0.88, spam: 0.5 });
    expect(assessment.normalised).toContain('kill yourself');
    expect(assessment.version).toMatch(/^1\+[0-9a-f]{8}$/);
  });

  test('the reason never repeats the text', () => {
    expect(assessByRules('kill yourself').reason).toBe('telling someone to die');
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        'kill',
        'you',
        'free',
        'http://',
        '.',
        '@',
        '%',
        'x',
        '1',
        '4111',
        'a',
        ' ',
        '-',
        'DE89',
        'ich',
        '🔥',
        'ё',
        'ا',
      ),
      {
        maxLength: 300,
      },
    )
    .map((parts) => parts.join('')),
);

describe('for any text', () => {
  test('there is a score between 0 and 1', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { score, category, breakdown } = assessByRules(text);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(score > 0).toBe(category !== null);
        expect(Math.max(0, ...Object.values(breakdown))).toBe(score);
        expect(category === null || breakdown[category] === score).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('invisible characters anywhere change nothing', () => {
    const invisible = fc.constantFrom(
      '\u200b',
      '\u200c',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u202e',
      '\u2066',
      '\u180e',
    );
    const sentences = fc.constantFrom(
      'kill yourself',
      'free nitro https://dlscord.gift/a',
      'guten Abend',
      'send me nudes',
      '4111 1111 1111 1111',
    );
    fc.assert(
      fc.property(
        fc.oneof(sentences, fc.string({ unit: 'grapheme', maxLength: 60 })),
        fc.array(fc.tuple(fc.nat(80), invisible), { maxLength: 20 }),
        (text, insertions) => {
          const characters = [...text];
          for (const [at, hidden] of insertions) characters.splice(at % (characters.length + 1), 0, hidden);
          expect(assessByRules(characters.join(''))).toEqual(assessByRules(text));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a long hostile text does not slow the filter down', () => {
    for (const unit of [
      'a.',
      'k i ',
      'you ',
      '1 ',
      'a@',
      'http://a.',
      '(',
      'ich werde ',
      '4111-',
      '12 yo ',
      'xn--',
      '%2e',
    ]) {
      const text = unit.repeat(2000 / unit.length);
      // An expression that backtracks would not come back from this within the test's time.
      expect(assessByRules(text).score).toBeLessThanOrEqual(1);
    }
  });
});
