/** Plans, subscriptions and their instalments. */
export const SUBSCRIPTIONS_SCHEMA = `
create table if not exists preapproval_plans (
  position integer primary key,
  id text not null unique,
  account_id integer not null,
  status text not null,
  reason text not null,
  date_created integer not null,
  last_modified integer not null,
  data text not null
);
create index if not exists plans_by_account on preapproval_plans (account_id, position);
create table if not exists preapprovals (
  position integer primary key,
  id text not null unique,
  account_id integer not null,
  preapproval_plan_id text,
  payer_id integer not null,
  payer_email text not null,
  status text not null,
  semaphore text,
  transaction_amount integer not null,
  reason text not null,
  external_reference text,
  date_created integer not null,
  last_modified integer not null,
  next_payment_date integer not null,
  due_at integer,
  data text not null
);
create index if not exists preapprovals_by_account on preapprovals (account_id, position);
create index if not exists preapprovals_by_payer on preapprovals (account_id, payer_email);
create index if not exists preapprovals_by_plan on preapprovals (preapproval_plan_id)
  where preapproval_plan_id is not null;
create index if not exists preapprovals_due on preapprovals (due_at) where due_at is not null;
create table if not exists authorized_payments (
  id integer primary key,
  preapproval_id text not null,
  account_id integer not null,
  payer_id integer not null,
  sequence integer not null,
  status text not null,
  due_at integer,
  data text not null,
  unique (preapproval_id, sequence)
);
create index if not exists authorized_payments_by_payer on authorized_payments (payer_id);
create index if not exists authorized_payments_open on authorized_payments (preapproval_id, sequence)
  where status in ('scheduled', 'recycling', 'waiting_for_gateway');
create index if not exists authorized_payments_due on authorized_payments (due_at)
  where due_at is not null;
`

export const SUBSCRIPTIONS_TABLES = [
  'preapproval_plans',
  'preapprovals',
  'authorized_payments',
] as const
