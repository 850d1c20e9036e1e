-- Roles belong to the cluster, not to one database, so every start makes sure of them and nothing here may fail when
-- they are there. Run by the login of the connection string.
--   virgil_owner  owns tables and runs migrations        app       the server's login: owns nothing, inherits nothing
--   virgil_auth   better-auth's login and owner of `auth` app_*     what a request acts as, one transaction at a time
do $$
declare
  name text;
begin
  foreach name in array array['virgil_owner', 'app_guest', 'app_user', 'app_mod', 'app_admin', 'app_system'] loop
    if not exists (select from pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin', name);
      exception when duplicate_object or unique_violation then null; -- another node was faster
      end;
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'app') then
    begin
      create role app login noinherit;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  if not exists (select from pg_roles where rolname = 'virgil_auth') then
    begin
      create role virgil_auth login;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
end $$;

do $$
declare
  pair text[];
begin
  foreach pair slice 1 in array array[
    ['app_guest', 'app_user'], ['app_user', 'app_mod'], ['app_mod', 'app_admin'],
    ['app_guest', 'app'], ['app_user', 'app'], ['app_mod', 'app'], ['app_admin', 'app'], ['app_system', 'app'],
    ['app_system', 'virgil_owner'],
    ['virgil_owner', current_user], ['virgil_auth', current_user]
  ] loop
    if not exists (
      select from pg_auth_members
      where roleid = pair[1]::regrole and member = pair[2]::regrole
    ) or (pair[2] = current_user and not pg_has_role(pair[1], 'usage')) then
      execute format('grant %I to %I', pair[1], pair[2]);
    end if;
  end loop;
end $$;
