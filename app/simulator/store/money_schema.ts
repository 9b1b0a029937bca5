/** What accounts own and how it changed, what they sent away and what they had reported. */
export const MONEY_SCHEMA = `
create table if not exists balances (
  account_id integer primary key,
  available_minor integer not null,
  pending_minor integer not null,
  blocked_minor integer not null
);
create table if not exists movements (
  seq integer primary key autoincrement,
  account_id integer not null,
  at integer not null,
  available_minor integer not null,
  pending_minor integer not null,
  blocked_minor integer not null,
  in_release integer not null,
  in_settlement integer not null,
  data text not null
);
create index if not exists movements_by_account on movements (account_id, seq);
create index if not exists movements_by_date on movements (account_id, at, seq);
create table if not exists positions (payment_id integer primary key, data text not null);
create table if not exists payouts (
  position integer primary key,
  id text not null unique,
  account_id integer not null,
  due_at integer,
  data text not null
);
create index if not exists payouts_by_account on payouts (account_id, position);
create index if not exists payouts_due on payouts (due_at) where due_at is not null;
create table if not exists report_plans (
  account_id integer not null,
  kind text not null,
  next_at integer,
  data text not null,
  primary key (account_id, kind)
);
create index if not exists report_plans_due on report_plans (next_at) where next_at is not null;
create table if not exists reports (
  id integer primary key,
  account_id integer not null,
  kind text not null,
  file_name text,
  due_at integer,
  data text not null
);
create unique index if not exists reports_by_name on reports (account_id, kind, file_name);
create index if not exists reports_due on reports (due_at) where due_at is not null;
`

export const MONEY_TABLES = [
  'balances',
  'movements',
  'positions',
  'payouts',
  'report_plans',
  'reports',
] as const
