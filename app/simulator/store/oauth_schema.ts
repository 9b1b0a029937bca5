/** Which seller let which application act for it, and the tokens that came of it. */
export const OAUTH_SCHEMA = `
create table if not exists codes (code text primary key, expires_at integer not null, data text not null);
create table if not exists grants (
  client_id text not null,
  account_id integer not null,
  refresh_token text unique,
  public_key text not null unique,
  data text not null,
  primary key (client_id, account_id)
);
create index if not exists grants_by_account on grants (account_id);
create table if not exists tokens (
  token text primary key,
  client_id text not null,
  account_id integer not null,
  expires_at integer not null,
  data text not null
);
create index if not exists tokens_by_grant on tokens (client_id, account_id);
`

export const OAUTH_TABLES = ['codes', 'grants', 'tokens'] as const
