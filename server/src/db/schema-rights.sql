-- Who may enter which schema of this database. Run by the login of the connection string, at every start.
revoke all on schema public from public;
grant usage, create on schema public to virgil_owner with grant option;
grant usage on schema public to app, app_guest, app_system;
create schema if not exists auth;
grant usage, create on schema auth to virgil_auth;
