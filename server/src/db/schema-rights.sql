-- Who may enter which schema of this database. Run by the login of the connection string at every start, so it asks
-- before it changes anything.
do $$
begin
  if not has_schema_privilege('virgil_owner', 'public', 'create with grant option') then
    revoke all on schema public from public;
    grant usage, create on schema public to virgil_owner with grant option;
    grant usage on schema public to app, app_guest, app_system;
  end if;
  if to_regnamespace('auth') is null then
    create schema auth;
    grant usage, create on schema auth to virgil_auth;
  end if;
  -- It may ask who is signed in: better-auth's owner grants it those two columns and no more.
  if not has_schema_privilege('app_system', 'auth', 'usage') then
    grant usage on schema auth to app_system;
  end if;
end $$;
