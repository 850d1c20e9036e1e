import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTextScoring, openAiClassifier, ruleFilter, SecondOpinion } from './index.ts';

/** As OpenAI answers, with every score that is not given at nearly nothing. */
const SCORES = {
  harassment: 1e-4,
  'harassment/threatening': 1e-4,
  hate: 1e-4,
  'hate/threatening': 1e-4,
  illicit: 1e-4,
  'illicit/violent': 1e-4,
  'self-harm': 1e-4,
  'self-harm/intent': 1e-4,
  'self-harm/instructions': 1e-4,
  sexual: 1e-6,
  'sexual/minors': 1e-6,
  violence: 1e-4,
  'violence/graphic': 1e-4,
};
const answering = (scores: Partial<typeof SCORES> = {}) => ({
  id: 'modr-1',
  model: 'omni-moderation-2024-09-26',
  results: [{ flagged: true, categories: {}, category_scores: { ...SCORES, ...scores } }],
});

interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

let service: Server;
let url: string;
let asked: Asked[];
let answer: (response: ServerResponse) => void;
const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

// One a test: a request that outlived its deadline arrives when the next test has begun, and is none of its.
beforeEach(async () => {
  const heard: Asked[] = [];
  asked = heard;
  answer = json(answering());
  service = createServer(async (request, response) => {
    const body = await text(request).catch(() => null);
    if (body === null) return;
    heard.push({ headers: request.headers, body: JSON.parse(body) });
    answer(response);
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterEach(() => {
  service.closeAllConnections();
  service.close();
});

const classifier = () => openAiClassifier({ apiKey: 'sk-secret', url });
const never = () => new AbortController().signal;

describe('OpenAI’s moderation', () => {
  test('gets the text alone, and its categories become ours, the higher where two are one', async () => {
    answer = json(
      answering({
        hate: 0.2,
        'hate/threatening': 0.7,
        harassment: 0.9,
        'harassment/threatening': 0.8,
        'self-harm/intent': 0.3,
        'sexual/minors': 0.4,
        'illicit/violent': 0.5,
      }),
    );
    const assessment = await classifier().assess('Hello  Wörld', never());
    expect(asked).toEqual([
      {
        headers: expect.objectContaining({ authorization: 'Bearer sk-secret' }),
        body: { model: 'omni-moderation-latest', input: 'Hello  Wörld' },
      },
    ]);
    expect(assessment).toEqual({
      score: 0.9,
      category: 'harassment',
      reason: 'OpenAI: harassment',
      breakdown: {
        hate: 0.7,
        harassment: 0.9,
        threat: 0.8,
        self_harm: 0.3,
        sexual: 1e-6,
        minors: 0.4,
        terror: 0.5,
      },
      version: 'omni-moderation-2024-09-26',
      normalised: 'hello wörld',
    });
  });

  test('the violence of a game is no breach, nor is a category that is not known', async () => {
    answer = json(answering({ violence: 0.99, 'violence/graphic': 0.95, illicit: 0.9, ...{ constructor: 0.9 } }));
    expect((await classifier().assess('headshot', never())).score).toBeLessThan(0.01);
  });

  const oversized = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const piece = Buffer.alloc(16 * 1024, 32);
    const more = () => {
      while (!response.destroyed && response.write(piece));
      response.once('drain', more);
    };
    more();
  };
  test.each<[string, string, (response: ServerResponse) => void]>([
    ['429', 'limited', json({}, 429, { 'retry-after': '20' })],
    ['500', 'broken', json({}, 500)],
    ['401', 'refused', json({ error: {} }, 401)],
    ['a redirect elsewhere', 'unreachable', (response) => response.writeHead(302, { location: `${url}/x` }).end()],
    ['no JSON', 'broken', (response) => response.end('<html>')],
    ['JSON of another shape', 'broken', json({ model: 'm', results: [] })],
    ['scores that are none', 'broken', json(answering({ hate: 7 }))],
    ['a body without an end', 'broken', oversized],
    ['a cut connection', 'unreachable', (response) => response.destroy()],
    [
      'half an answer',
      'unreachable',
      (response) => void response.writeHead(200).write('{"mod', () => response.destroy()),
    ],
  ])('%s is a failure: %s', async (_, problem, reply) => {
    answer = reply;
    await expect(classifier().assess('text', never())).rejects.toMatchObject({ name: 'OpenAiFailure', problem });
    expect(asked).toHaveLength(1);
  });

  test('after 429 it says for how long it wants to be left alone', async () => {
    answer = json({}, 429, { 'retry-after': '20' });
    await expect(classifier().assess('text', never())).rejects.toMatchObject({ retryAfterMs: 20_000 });
  });
});

describe('a second opinion', () => {
  function scoring(isOn = true, deadlineMs = 2_000) {
    const clock = { now: 0 };
    const logger = pino({ level: 'silent' });
    const registry = new Registry();
    const on = { now: isOn };
    const second = new SecondOpinion({
      classifier: classifier(),
      isOn: () => on.now,
      deadlineMs,
      logger,
      registry,
      now: () => clock.now,
    });
    const made = createTextScoring({ classifier: ruleFilter, timeLimitMs: 1_000, second, logger, registry });
    return { ...made, second, clock, on, registry };
  }

  test('is not asked until it is turned on: nothing leaves this server', async () => {
    const { classifyMessage, state, second } = scoring(false);
    expect(await classifyMessage('kill yourself')).toMatchObject({ by: 'rules', score: 0.9 });
    expect(asked).toEqual([]);
    expect([state().rulesOnly, second.state().counts]).toEqual([true, { answered: 0, failed: 0, skipped: 0 }]);
  });

  test('can only make a score higher, category by category', async () => {
    const { classifyMessage, state } = scoring();
    answer = json(answering({ hate: 0.7, harassment: 0.2 }));
    const milder = await classifyMessage('kill yourself');
    expect(milder).toMatchObject({ by: 'rules+openai', score: 0.9, category: 'harassment' });
    expect(milder.reason).toBe('telling someone to die');
    expect(milder.breakdown).toMatchObject({ harassment: 0.9, hate: 0.7 });
    expect(milder.version).toMatch(/^1\+[0-9a-f]{8}, omni-moderation-2024-09-26$/);
    expect(await classifyMessage('meet me there')).toMatchObject({
      score: 0.7,
      category: 'hate',
      reason: 'OpenAI: hate',
    });
    expect(state().rulesOnly).toBe(false);
  });

  test.each([
    ['never answers', () => undefined],
    ['sends its answer drop by drop', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('that %s is waited for no longer than its deadline, and the rules decide', async (_, reply) => {
    const { classifyMessage, second } = scoring(true, 30);
    answer = reply;
    expect(await classifyMessage('kill yourself')).toMatchObject({ by: 'rules', category: 'harassment' });
    expect(second.state()).toMatchObject({ breaker: 'closed', counts: { failed: 1 } });
  });

  test('that fails again and again is left alone, is tried by one text, and comes back', async () => {
    const { classifyMessage, second, clock, state, registry } = scoring();
    answer = json({}, 500);
    for (let n = 0; n < 5; n++) await classifyMessage(`text ${n}`);
    expect(second.state()).toMatchObject({ breaker: 'open', problem: 'broken', remainingMs: 10_000 });
    expect(state().rulesOnly).toBe(true);
    expect(await classifyMessage('kill yourself')).toMatchObject({ by: 'rules', score: 0.9 });
    expect(asked).toHaveLength(5);
    expect(await registry.metrics()).toContain('virgil_second_opinion_breaker_open 1');

    clock.now = 10_000;
    await classifyMessage('the attempt that fails');
    expect([asked.length, second.state().remainingMs]).toEqual([6, 20_000]);

    clock.now = 30_000;
    answer = json(answering());
    const answers = await Promise.all(['one', 'two', 'three'].map(classifyMessage));
    expect(answers.filter(({ by }) => by === 'rules+openai')).toHaveLength(1);
    expect(asked).toHaveLength(7);
    expect(second.state()).toMatchObject({ breaker: 'closed', problem: null, counts: { answered: 1, failed: 6 } });
    expect(await classifyMessage('again')).toMatchObject({ by: 'rules+openai' });
  });

  test('is asked for few texts at once; the others go without and wait for nothing', async () => {
    const { classifyMessage, second } = scoring();
    const waiting: ServerResponse[] = [];
    answer = (response) => void waiting.push(response);
    const first = Array.from({ length: 32 }, (_, n) => classifyMessage(`text ${n}`));
    await expect.poll(() => waiting.length, { timeout: 5_000 }).toBe(32);
    expect(await classifyMessage('one too many')).toMatchObject({ by: 'rules' });
    expect(second.state().counts.skipped).toBe(1);
    for (const response of waiting) json(answering())(response);
    expect((await Promise.all(first)).every(({ by }) => by === 'rules+openai')).toBe(true);
  });

  test('turned off is asked no more, from the next text on', async () => {
    const { classifyMessage, on } = scoring();
    await classifyMessage('one');
    on.now = false;
    await classifyMessage('two');
    expect(asked).toHaveLength(1);
  });
});
