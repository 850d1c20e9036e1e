-- What was found in texts, by whom and how surely, and the items that wait for a moderator.

create table user_violations (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  source text not null,
  source_type text not null,
  content_id text not null,
  stream_id text,
  channel_id text references channels on delete set null,
  content text not null,
  normalised_text text not null,
  risk_score real not null,
  category text not null,
  breakdown jsonb not null default '{}',
  classifier text not null,
  classifier_version text not null,
  rule text not null,
  hold_at real not null,
  block_at real not null,
  action text not null,
  created_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  resolved_because text,
  constraint user_violations_source check (source in ('auto', 'moderator', 'report')),
  constraint user_violations_source_type check (source_type in ('live', 'comment', 'inboxMessage')),
  constraint user_violations_score check (risk_score between 0 and 1),
  constraint user_violations_action check (action in ('held', 'blocked', 'rejected', 'warned', 'struck', 'reported')),
  constraint user_violations_resolved check ((resolved_at is null) = (resolved_because is null)),
  constraint user_violations_because check (resolved_because in ('approved', 'appeal', 'undone', 'decision'))
);
create index user_violations_person on user_violations (user_id, created_at desc, id desc);
create index user_violations_content on user_violations (content_id);
create index user_violations_channel on user_violations (channel_id, created_at desc);
-- Counts what was blocked for one person in one session.
create index user_violations_blocked on user_violations (user_id, stream_id, created_at) where action = 'blocked';
alter table user_violations enable row level security, force row level security;
create policy own_read on user_violations for select to app_user using (user_id = (select app_me()));
create policy moderator_read on user_violations for select to app_user
  using (channel_id in (select app_channels_i_moderate()));
create policy admin_read on user_violations for select to app_admin using (true);
create policy system_all on user_violations for all to app_system using (true) with check (true);
grant select on user_violations to app_user;
grant select, insert, update, delete on user_violations to app_system;

create table moderator_review_queue (
  id text primary key,
  violation_id text references user_violations on delete set null,
  user_id text not null references profiles on delete cascade,
  reported_by_ai boolean not null default true,
  source_type text not null,
  content_id text not null,
  content_preview text not null,
  content_created_at timestamptz(3) not null,
  risk_score real not null,
  category text not null,
  heads_queue boolean not null default false,
  channel_id text references channels on delete set null,
  stream_id text,
  video_id text,
  assigned_moderator_id text references profiles on delete set null,
  claimed_by text references profiles on delete set null,
  claimed_at timestamptz(3),
  claim_expires_at timestamptz(3),
  resolution_status text not null default 'pending',
  resolution_timestamp timestamptz(3),
  resolved_by text references profiles on delete set null,
  moderator_notes text,
  escalated_by text references profiles on delete set null,
  escalated_at timestamptz(3),
  escalation_trigger text,
  escalation_note text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint moderator_review_queue_source_type check (source_type in ('live', 'comment', 'inboxMessage')),
  constraint moderator_review_queue_score check (risk_score between 0 and 1),
  constraint moderator_review_queue_status
    check (resolution_status in ('pending', 'approved', 'rejected', 'escalated')),
  constraint moderator_review_queue_resolved
    check ((resolution_status in ('approved', 'rejected')) = (resolution_timestamp is not null)),
  constraint moderator_review_queue_claim
    check (num_nonnulls(claimed_by, claimed_at, claim_expires_at) in (0, 3) or claimed_by is null),
  constraint moderator_review_queue_trigger check (escalation_trigger in
    ('hate_speech', 'threats', 'minors', 'staff_impersonation', 'racism', 'multi_violation')),
  constraint moderator_review_queue_escalated
    check (resolution_status <> 'escalated' or (escalated_at is not null and escalation_trigger is not null))
);
-- One item of a text waits at a time.
create unique index moderator_review_queue_one_open on moderator_review_queue (content_id)
  where resolution_status in ('pending', 'escalated');
create index moderator_review_queue_riskiest on moderator_review_queue
  (heads_queue desc, risk_score desc, id desc) where resolution_status = 'pending';
create index moderator_review_queue_oldest on moderator_review_queue (id) where resolution_status = 'pending';
create index moderator_review_queue_channel on moderator_review_queue (channel_id, resolution_status, id desc);
create index moderator_review_queue_assigned on moderator_review_queue (assigned_moderator_id, resolution_status, id desc);
create index moderator_review_queue_escalations on moderator_review_queue (escalated_at, id)
  where resolution_status = 'escalated';
create index moderator_review_queue_person on moderator_review_queue (user_id, id desc);
create index moderator_review_queue_violation on moderator_review_queue (violation_id);
alter table moderator_review_queue enable row level security, force row level security;
-- Whoever wrote it does not sit in judgement on it, nor read what is noted there.
create policy moderator_read on moderator_review_queue for select to app_user
  using (user_id <> (select app_me()) and channel_id in (select app_channels_i_moderate()));
create policy assigned_read on moderator_review_queue for select to app_mod
  using (user_id <> (select app_me()) and assigned_moderator_id = (select app_me()));
create policy admin_read on moderator_review_queue for select to app_admin using (true);
create policy system_all on moderator_review_queue for all to app_system using (true) with check (true);
grant select on moderator_review_queue to app_user;
grant select, insert, update, delete on moderator_review_queue to app_system;

-- Who decides on an item sees what was found in the text.
create policy assigned_read on user_violations for select to app_mod using (
  user_id <> (select app_me()) and id in (
    select violation_id from moderator_review_queue where assigned_moderator_id = (select app_me())
  )
);

-- Where a channel is stricter than the platform. Read with the platform's own for every text.
create table channel_thresholds (
  channel_id text primary key references channels on delete cascade,
  hold double precision not null,
  block double precision not null,
  updated_at timestamptz(3) not null,
  constraint channel_thresholds_order check (hold >= 0 and hold <= block and block <= 1)
);
alter table channel_thresholds enable row level security, force row level security;
create policy moderator_all on channel_thresholds for all to app_user
  using (channel_id in (select app_channels_i_moderate()))
  with check (channel_id in (select app_channels_i_moderate()));
create policy admin_all on channel_thresholds for all to app_admin using (true) with check (true);
create policy system_all on channel_thresholds for all to app_system using (true) with check (true);
grant select, insert, update on channel_thresholds to app_user;
grant select, insert, update, delete on channel_thresholds to app_system;

-- What the words with a tip were judged by, until the tip is paid and they are shown or not.
alter table tips add column judgement jsonb;
