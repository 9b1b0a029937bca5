/** What shops want to be paid for, and the purchases that came of it. */
export const CHECKOUT_SCHEMA = `
create table if not exists preferences (
  position integer primary key,
  id text not null unique,
  account_id integer not null,
  external_reference text,
  data text not null
);
create index if not exists preferences_by_account on preferences (account_id, position);
create index if not exists preferences_by_reference on preferences (account_id, external_reference);
create table if not exists merchant_orders (
  id integer primary key,
  account_id integer not null,
  preference_id text,
  external_reference text,
  status text not null,
  date_created integer not null,
  last_updated integer not null,
  due_at integer,
  data text not null
);
create index if not exists merchant_orders_by_account on merchant_orders (account_id, id);
create index if not exists merchant_orders_by_preference on merchant_orders (preference_id);
create index if not exists merchant_orders_by_reference
  on merchant_orders (account_id, external_reference);
create index if not exists merchant_orders_due on merchant_orders (due_at)
  where due_at is not null;
`

export const CHECKOUT_TABLES = ['preferences', 'merchant_orders'] as const
