-- A second key of a name: folding case first keeps В and в together, folding looks first keeps В and B together.
alter table profiles add column display_name_caseless text;
create unique index profiles_caseless_key on profiles (display_name_caseless);
grant update (display_name_caseless) on profiles to app_user;
