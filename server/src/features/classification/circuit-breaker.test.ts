import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.ts';

function breaker() {
  const clock = { now: 0 };
  const made = new CircuitBreaker({ failures: 3, firstPauseMs: 100, longestPauseMs: 350, now: () => clock.now });
  const fail = (times: number) => {
    for (let n = 0; n < times; n++) made.failed();
  };
  return { breaker: made, clock, fail };
}

test('failures in a row open it, and one success between them does not', () => {
  const { breaker: one, fail } = breaker();
  fail(2);
  one.succeeded();
  fail(2);
  expect([one.state(), one.admit()]).toEqual(['closed', true]);
  fail(1);
  expect([one.state(), one.admit(), one.remainingMs]).toEqual(['open', false, 100]);
});

test('after the pause one caller tries it, and everybody else waits for how that goes', () => {
  const { breaker: one, clock, fail } = breaker();
  fail(3);
  clock.now = 100;
  expect([one.state(), one.admit(), one.admit(), one.state()]).toEqual(['half_open', true, false, 'half_open']);
  one.succeeded();
  expect([one.state(), one.admit(), one.admit()]).toEqual(['closed', true, true]);
});

test('each attempt that fails doubles the pause, up to the longest, and a success forgets that', () => {
  const { breaker: one, clock, fail } = breaker();
  fail(3);
  const pauses: (number | null)[] = [];
  for (let n = 0; n < 4; n++) {
    pauses.push(one.remainingMs);
    clock.now += one.remainingMs ?? 0;
    expect(one.admit()).toBe(true);
    one.failed();
  }
  expect(pauses).toEqual([100, 200, 350, 350]);
  clock.now += 350;
  expect(one.admit()).toBe(true);
  one.succeeded();
  fail(3);
  expect(one.remainingMs).toBe(100);
});

test('whoever says how long to wait is left alone at once, for so long', () => {
  const { breaker: one } = breaker();
  one.failed(300);
  expect([one.state(), one.remainingMs]).toEqual(['open', 300]);
  const other = breaker().breaker;
  other.failed(999_999);
  expect(other.remainingMs).toBe(350);
});

test('the answer of one that was asked before it opened closes nothing', () => {
  const { breaker: one, clock, fail } = breaker();
  fail(3);
  one.succeeded();
  expect(one.state()).toBe('open');
  clock.now = 100;
  expect(one.admit()).toBe(true);
  // Late failures of the same kind end the attempt, and begin the next pause.
  one.failed();
  expect(one.state()).toBe('open');
});

test('whatever happens, no two ask while it is open', () => {
  const step = fc.constantFrom('ask', 'succeed', 'fail', 'wait');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { breaker: one, clock } = breaker();
      let probes = 0;
      for (const each of steps) {
        const before = one.state();
        if (each === 'wait') clock.now += 60;
        if (each === 'ask' && one.admit() && before !== 'closed') probes++;
        if (each === 'succeed') one.succeeded();
        if (each === 'fail') one.failed();
        if (each === 'succeed' || each === 'fail') probes = 0;
        expect(probes).toBeLessThanOrEqual(1);
        expect(one.state() === 'closed').toBe(one.remainingMs === null);
      }
    }),
  );
});
