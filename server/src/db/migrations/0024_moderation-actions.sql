-- Each decision on an item of the review queue: what was done, by whom, and what has to be undone to take it back.

create table moderation_actions (
  id text primary key,
  item_id text not null references moderator_review_queue on delete cascade,
  user_id text not null references profiles on delete cascade,
  channel_id text references channels on delete set null,
  kind text not null,
  actor_id text references profiles on delete set null,
  reason text not null,
  policy_reference text,
  minutes integer,
  escalation_trigger text,
  status_before text not null,
  content_before text,
  violation_id text references user_violations on delete set null,
  notification_id text,
  statement_id text,
  timeout_id text,
  ban_id text,
  strike_id text,
  penalty_id text,
  report_id text,
  reporter_notices text[] not null default '{}',
  receipt text,
  created_at timestamptz(3) not null,
  undoable_until timestamptz(3),
  undone_at timestamptz(3),
  constraint moderation_actions_kind
    check (kind in ('approve', 'reject', 'timeout', 'warning', 'strike', 'ban', 'escalate', 'penalty')),
  constraint moderation_actions_minutes check ((kind = 'timeout') = (minutes is not null)),
  constraint moderation_actions_trigger check ((kind = 'escalate') = (escalation_trigger is not null)),
  constraint moderation_actions_before check (status_before in ('pending', 'escalated')),
  constraint moderation_actions_content
    check (content_before in ('held', 'published', 'blocked', 'removed', 'rejected')),
  constraint moderation_actions_undone check (undone_at is null or undoable_until is not null)
);
-- An item is decided once; before that it may have been passed on to the admins.
create unique index moderation_actions_one_decision on moderation_actions (item_id)
  where undone_at is null and kind <> 'escalate';
create index moderation_actions_item on moderation_actions (item_id, id);
create index moderation_actions_person on moderation_actions (user_id, id desc);
create index moderation_actions_actor on moderation_actions (actor_id, id desc);
alter table moderation_actions enable row level security, force row level security;
-- Whoever may read the item may read what was decided about it.
create policy with_the_item on moderation_actions for select to app_user
  using (exists (select from moderator_review_queue as waiting where waiting.id = item_id));
create policy system_all on moderation_actions for all to app_system using (true) with check (true);
grant select on moderation_actions to app_user;
grant select, insert, update, delete on moderation_actions to app_system;

-- How a timeout or a channel ban ended before its time, and the item it came from.
alter table timed_out_users
  add column review_item_id text,
  add column lifted_cause text,
  add column lifted_reason text,
  add constraint timed_out_users_cause check (lifted_cause in ('moderator', 'appeal', 'undone'));
alter table banned_viewers
  add column review_item_id text,
  add column lifted_cause text,
  add column lifted_reason text,
  add constraint banned_viewers_cause check (lifted_cause in ('moderator', 'appeal', 'undone'));

-- A strike may fall with the decision that gave it, within the seconds in which that can be undone.
alter table content_safety_strikes
  drop constraint content_safety_strikes_cause,
  add constraint content_safety_strikes_cause
    check (lifted_cause in ('appeal', 'retraction', 'put_back', 'decision', 'undone'));
