/** Chargebacks with the seller's documents, and claims. */
export const DISPUTES_SCHEMA = `
create table if not exists chargebacks (
  position integer primary key,
  id text not null unique,
  payment_id integer not null,
  account_id integer not null,
  deadline_at integer,
  data text not null
);
create index if not exists chargebacks_by_payment on chargebacks (payment_id);
create index if not exists chargebacks_by_account on chargebacks (account_id, position);
create index if not exists chargebacks_due on chargebacks (deadline_at)
  where deadline_at is not null;
create table if not exists documents (
  id text primary key, chargeback_id text not null, type text not null, content blob not null
);
create index if not exists documents_by_chargeback on documents (chargeback_id);
create table if not exists claims (
  id integer primary key, payment_id integer not null, account_id integer not null,
  data text not null
);
create index if not exists claims_by_payment on claims (payment_id);
`

export const DISPUTES_TABLES = ['chargebacks', 'documents', 'claims'] as const
