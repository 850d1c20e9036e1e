-- Comments under recordings, messages between two people, and whom somebody does not want to read.

alter table videos add column comments_open boolean not null default true;
grant update (comments_open) on videos to app_user;

create table video_comments (
  id text primary key,
  video_id text not null references videos on delete cascade,
  channel_id text not null references channels on delete cascade,
  user_id text not null references profiles on delete cascade,
  badges text[] not null default '{}',
  message text not null,
  status text not null,
  risk_score real not null default 0,
  category text,
  scored_by text not null,
  client_id text,
  created_at timestamptz(3) not null,
  approved_at timestamptz(3),
  gone_at timestamptz(3),
  gone_by text references profiles on delete set null,
  constraint video_comments_status
    check (status in ('published', 'held', 'blocked', 'removed', 'rejected', 'cleared', 'deleted')),
  constraint video_comments_score check (risk_score between 0 and 1),
  constraint video_comments_gone check ((status in ('cleared', 'deleted')) = (gone_at is not null))
);
create index video_comments_newest on video_comments (video_id, id desc);
create index video_comments_author on video_comments (user_id, created_at desc);
create unique index video_comments_once on video_comments (video_id, user_id, client_id);
create index video_comments_gone on video_comments (gone_at) where gone_at is not null;
alter table video_comments enable row level security, force row level security;
-- Whoever may see the recording: the rows of videos are the reader's own view of them.
create policy public_read on video_comments for select to app, app_guest
  using (status = 'published' and exists (select from videos as v where v.id = video_id and v.comments_open));
create policy own_read on video_comments for select to app_user
  using (user_id = (select app_me()) and status <> 'deleted');
create policy moderator_read on video_comments for select to app_user
  using (status <> 'deleted' and channel_id in (select app_channels_i_moderate()));
create policy review_read on video_comments for select to app_mod
  using (exists (select from moderator_review_queue as q where q.source_type = 'comment' and q.content_id = video_comments.id));
create policy admin_read on video_comments for select to app_admin using (true);
create policy system_all on video_comments for all to app_system using (true) with check (true);
-- Who cleared it is not for its author, nor how it scored for everybody.
grant select (id, video_id, channel_id, user_id, badges, message, status, created_at, approved_at, gone_at)
  on video_comments to app, app_guest;
grant select (risk_score, category, scored_by) on video_comments to app_mod;
grant select on video_comments to app_admin;
grant select, insert, update, delete on video_comments to app_system;

create table direct_messages (
  id text primary key,
  pair text not null,
  from_user_id text not null references profiles on delete cascade,
  to_user_id text not null references profiles on delete cascade,
  message text not null,
  status text not null,
  risk_score real not null default 0,
  category text,
  scored_by text not null,
  client_id text,
  created_at timestamptz(3) not null,
  approved_at timestamptz(3),
  sender_deleted_at timestamptz(3),
  recipient_deleted_at timestamptz(3),
  constraint direct_messages_status check (status in ('published', 'held', 'blocked', 'removed', 'rejected')),
  constraint direct_messages_score check (risk_score between 0 and 1),
  constraint direct_messages_not_self check (from_user_id <> to_user_id)
);
create index direct_messages_pair on direct_messages (pair, id desc);
create index direct_messages_from on direct_messages (from_user_id, id desc);
create index direct_messages_to on direct_messages (to_user_id, id desc);
create unique index direct_messages_once on direct_messages (from_user_id, to_user_id, client_id);
alter table direct_messages enable row level security, force row level security;
create policy sender_read on direct_messages for select to app_user
  using (from_user_id = (select app_me()) and sender_deleted_at is null);
create policy recipient_read on direct_messages for select to app_user
  using (to_user_id = (select app_me()) and status = 'published' and recipient_deleted_at is null);
-- Nobody else reads a message, but through a review item that is theirs, or a report.
create policy review_read on direct_messages for select to app_mod
  using (exists (select from moderator_review_queue as q
    where q.source_type = 'inboxMessage' and q.content_id = direct_messages.id and q.user_id <> (select app_me())));
create policy reported_read on direct_messages for select to app_admin
  using (exists (select from reports as r where r.subject_type = 'direct_message' and r.subject_id = direct_messages.id));
create policy system_all on direct_messages for all to app_system using (true) with check (true);
-- Whether the other one deleted theirs is not for either to know.
grant select (id, pair, from_user_id, to_user_id, message, status, created_at, approved_at) on direct_messages to app_user;
grant select, insert, update, delete on direct_messages to app_system;

-- One side of a conversation.
create table conversations (
  user_id text not null references profiles on delete cascade,
  other_id text not null references profiles on delete cascade,
  at timestamptz(3) not null,
  primary key (user_id, other_id)
);
create index conversations_latest on conversations (user_id, at desc, other_id desc);
alter table conversations enable row level security, force row level security;
create policy own_read on conversations for select to app_user using (user_id = (select app_me()));
create policy system_all on conversations for all to app_system using (true) with check (true);
grant select on conversations to app_user;
grant select, insert, update, delete on conversations to app_system;

-- Beside the messages, because whoever wrote one must not learn that it was read.
create table unread_messages (
  user_id text not null references profiles on delete cascade,
  message_id text not null references direct_messages on delete cascade,
  other_id text not null references profiles on delete cascade,
  primary key (user_id, message_id)
);
create index unread_messages_of on unread_messages (user_id, other_id);
create index unread_messages_message on unread_messages (message_id);
alter table unread_messages enable row level security, force row level security;
create policy own_read on unread_messages for select to app_user using (user_id = (select app_me()));
create policy system_all on unread_messages for all to app_system using (true) with check (true);
grant select on unread_messages to app_user;
grant select, insert, update, delete on unread_messages to app_system;

create table person_blocks (
  user_id text not null references profiles on delete cascade,
  other_id text not null references profiles on delete cascade,
  since timestamptz(3) not null,
  primary key (user_id, other_id),
  constraint person_blocks_not_self check (user_id <> other_id)
);
create index person_blocks_latest on person_blocks (user_id, since desc, other_id desc);
create index person_blocks_other on person_blocks (other_id, user_id);
alter table person_blocks enable row level security, force row level security;
create policy own_all on person_blocks for all to app_user
  using (user_id = (select app_me())) with check (user_id = (select app_me()));
create policy system_all on person_blocks for all to app_system using (true) with check (true);
grant select, insert, delete on person_blocks to app_user;
grant select, insert, update, delete on person_blocks to app_system;

create table person_mutes (
  user_id text not null references profiles on delete cascade,
  other_id text not null references profiles on delete cascade,
  since timestamptz(3) not null,
  primary key (user_id, other_id),
  constraint person_mutes_not_self check (user_id <> other_id)
);
create index person_mutes_latest on person_mutes (user_id, since desc, other_id desc);
alter table person_mutes enable row level security, force row level security;
create policy own_all on person_mutes for all to app_user
  using (user_id = (select app_me())) with check (user_id = (select app_me()));
create policy system_all on person_mutes for all to app_system using (true) with check (true);
grant select, insert, delete on person_mutes to app_user;
grant select, insert, update, delete on person_mutes to app_system;

-- Reports and removals of both.
alter table reports drop constraint reports_subject_type,
  add constraint reports_subject_type
    check (subject_type in ('livestream', 'video', 'message', 'comment', 'direct_message', 'user'));
create index reports_subject on reports (subject_type, subject_id);
alter table content_removals drop constraint content_removals_subject,
  add constraint content_removals_subject
    check (subject_type in ('livestream', 'video', 'message', 'comment', 'direct_message'));
