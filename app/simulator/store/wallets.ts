import type { CardToken, Customer, SavedCard } from '../cards/card.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

function parsed<T>(row: DataRow | undefined): T | undefined {
  return row && (JSON.parse(row.data) as T)
}

/** Card tokens, and sellers' customers with their cards. */
export class Wallets {
  constructor(private store: Store) {}

  token(id: string): CardToken | undefined {
    return parsed(this.store.get<DataRow>('select data from card_tokens where id = ?', id))
  }

  saveToken(token: CardToken): void {
    const sql = 'insert or replace into card_tokens (id, data) values (?, ?)'
    this.store.run(sql, token.id, JSON.stringify(token))
  }

  customer(id: string): Customer | undefined {
    return parsed(this.store.get<DataRow>('select data from customers where id = ?', id))
  }

  customerByEmail(accountId: number, email: string): Customer | undefined {
    const sql = 'select data from customers where account_id = ? and email = ?'
    return parsed(this.store.get<DataRow>(sql, accountId, email.toLowerCase()))
  }

  /** Latest first; of all when `email` is null. */
  searchCustomers(accountId: number, email: string | null, limit: number, offset: number) {
    const where = `account_id = ?${email === null ? '' : ' and email = ?'}`
    const values = email === null ? [accountId] : [accountId, email.toLowerCase()]
    const count = `select count(*) as total from customers where ${where}`
    const page = `select data from customers where ${where} order by position desc limit ? offset ?`
    const rows = this.store.all<DataRow>(page, ...values, limit, offset)
    return {
      total: this.store.get<{ total: number }>(count, ...values)!.total,
      customers: rows.map((row) => JSON.parse(row.data) as Customer),
    }
  }

  saveCustomer(customer: Customer): void {
    this.store.run(
      `insert into customers (id, account_id, email, data) values (?, ?, ?, ?)
        on conflict (id) do update set data = excluded.data`,
      customer.id,
      customer.accountId,
      customer.email.toLowerCase(),
      JSON.stringify(customer)
    )
  }

  /** Together with the cards. */
  dropCustomer(id: string): void {
    this.store.run('delete from cards where customer_id = ?', id)
    this.store.run('delete from customers where id = ?', id)
  }

  card(id: string): SavedCard | undefined {
    return parsed(this.store.get<DataRow>('select data from cards where id = ?', id))
  }

  cardsOf(customerId: string): SavedCard[] {
    const sql = 'select data from cards where customer_id = ? order by position'
    return this.store.all<DataRow>(sql, customerId).map((row) => JSON.parse(row.data))
  }

  saveCard(card: SavedCard): void {
    this.store.run(
      `insert into cards (id, customer_id, data) values (?, ?, ?)
        on conflict (id) do update set data = excluded.data`,
      card.id,
      card.customerId,
      JSON.stringify(card)
    )
  }

  dropCard(id: string): void {
    this.store.run('delete from cards where id = ?', id)
  }
}
