/** Tokens of cards, and the customers who left theirs with a seller. */
export const WALLET_SCHEMA = `
create table if not exists card_tokens (id text primary key, data text not null);
create table if not exists customers (
  position integer primary key,
  id text not null unique,
  account_id integer not null,
  email text not null,
  data text not null,
  unique (account_id, email)
);
create table if not exists cards (
  position integer primary key,
  id text not null unique,
  customer_id text not null,
  data text not null
);
create index if not exists cards_by_customer on cards (customer_id, position);
`

export const WALLET_TABLES = ['card_tokens', 'customers', 'cards'] as const
