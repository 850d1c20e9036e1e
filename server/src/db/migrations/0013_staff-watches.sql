-- Moderators of the platform may watch what patrons may.
create policy staff_read on stream_messages for select to app_mod
  using (status = 'published' and (select app_me()) is not null);
create policy staff_read on videos for select to app_mod
  using (patron_only and (select app_me()) is not null);
