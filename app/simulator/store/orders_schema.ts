/** Orders with their transactions, and the first answer to each key that asked about one. */
export const ORDERS_SCHEMA = `
create table if not exists orders (
  position integer primary key,
  id text not null unique,
  account_id integer not null,
  type text not null,
  status text not null,
  status_detail text not null,
  external_reference text,
  method_id text,
  method_type text,
  created_at integer not null,
  updated_at integer not null,
  expires_at integer,
  data text not null
);
create index if not exists orders_by_account on orders (account_id, created_at);
create index if not exists orders_by_reference on orders (account_id, external_reference);
create index if not exists orders_expiring on orders (expires_at) where expires_at is not null;
create table if not exists order_answers (
  account_id integer not null, key text not null,
  asked text not null, at integer not null, status integer not null, body text not null,
  primary key (account_id, key)
);
`

export const ORDERS_TABLES = ['orders', 'order_answers'] as const
