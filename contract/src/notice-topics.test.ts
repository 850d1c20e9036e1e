import { expect, test } from 'vitest';
import { topicOf } from './notice-topics.ts';

test.each([
  ['message_held', 'decisions'],
  ['tip_message_held_self_harm', 'decisions'],
  ['comment_blocked', 'decisions'],
  ['direct_message_held', 'decisions'],
  ['message_approved', 'decisions'],
  ['statement.chat_timeout', 'decisions'],
  ['penalty_ended', 'decisions'],
  ['strikes_escalated', 'decisions'],
  ['appeal_question', 'decisions'],
  ['dmca.restored', 'decisions'],
  ['report_rejected', 'decisions'],
  ['subscription.price', 'money'],
  ['payout.failed', 'money'],
  ['ledger.broken', 'money'],
  ['livestream.started', 'social'],
  ['channel.vip.granted', 'social'],
  ['comment_cleared', 'social'],
  ['reset_link_issued', 'account'],
  ['something.new', 'account'],
])('%s is about %s', (kind, topic) => {
  expect(topicOf(kind)).toBe(topic);
});
