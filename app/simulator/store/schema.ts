import { CHECKOUT_SCHEMA, CHECKOUT_TABLES } from './checkout_schema.js'
import { DISPUTES_SCHEMA, DISPUTES_TABLES } from './disputes_schema.js'
import { MONEY_SCHEMA, MONEY_TABLES } from './money_schema.js'
import { OAUTH_SCHEMA, OAUTH_TABLES } from './oauth_schema.js'
import { ORDERS_SCHEMA, ORDERS_TABLES } from './orders_schema.js'
import { SUBSCRIPTIONS_SCHEMA, SUBSCRIPTIONS_TABLES } from './subscriptions_schema.js'
import { WALLET_SCHEMA, WALLET_TABLES } from './wallet_schema.js'

/** Bumped when a table changes: an older file is refused, since its state is only play money. */
export const SCHEMA_VERSION = 7

export const SCHEMA = `
create table if not exists meta (key text primary key, value text not null);
create table if not exists applications (
  position integer primary key, client_id text not null unique, data text not null
);
create table if not exists accounts (
  position integer primary key, id integer not null unique, token text not null unique,
  data text not null
);
create index if not exists accounts_by_email on accounts (lower(data ->> '$.email'));
create index if not exists accounts_by_key on accounts (data ->> '$.public_key');
create table if not exists payers (id integer primary key, email text not null unique);
create table if not exists payments (
  id integer primary key,
  collector_id integer not null,
  status text not null,
  external_reference text,
  payer_id integer not null,
  code text,
  date_created integer not null,
  date_approved integer,
  date_last_updated integer not null,
  money_release_date integer,
  expires_at integer,
  release_at integer,
  data text not null
);
create index if not exists payments_by_seller on payments (collector_id, id);
create index if not exists payments_by_date on payments (collector_id, date_created, id);
create index if not exists payments_by_reference
  on payments (collector_id, external_reference, date_created, id);
create index if not exists payments_by_change on payments (collector_id, date_last_updated);
create index if not exists payments_by_code on payments (code);
create index if not exists payments_expiring on payments (expires_at) where expires_at is not null;
create index if not exists payments_releasing on payments (release_at) where release_at is not null;
create table if not exists answers (
  account_id integer not null, kind text not null, key text not null,
  status integer not null, body text not null,
  primary key (account_id, kind, key)
);
create table if not exists deliveries (
  id integer primary key,
  account_id integer not null,
  state text not null,
  due_at integer not null,
  data text not null
);
create index if not exists deliveries_due on deliveries (due_at) where state = 'pending';
create index if not exists deliveries_held on deliveries (account_id) where state = 'held';
create table if not exists journal (seq integer primary key autoincrement, data text not null);
create table if not exists faults (id integer primary key autoincrement, data text not null);
${MONEY_SCHEMA}${OAUTH_SCHEMA}${WALLET_SCHEMA}${DISPUTES_SCHEMA}${CHECKOUT_SCHEMA}${ORDERS_SCHEMA}${SUBSCRIPTIONS_SCHEMA}`

export const STATE_TABLES = [
  'applications',
  'accounts',
  'payers',
  'payments',
  'answers',
  'deliveries',
  'journal',
  'faults',
  ...MONEY_TABLES,
  ...OAUTH_TABLES,
  ...WALLET_TABLES,
  ...DISPUTES_TABLES,
  ...CHECKOUT_TABLES,
  ...ORDERS_TABLES,
  ...SUBSCRIPTIONS_TABLES,
] as const
