import type { Order } from '../orders/order.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

export interface OrderAnswer {
  /** Digest of the call that it answered. */
  asked: string
  at: number
  status: number
  body: string
}

const UPSERT = `insert into orders (id, account_id, type, status, status_detail, external_reference,
    method_id, method_type, created_at, updated_at, expires_at, data)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (id) do update set status = excluded.status, status_detail = excluded.status_detail,
    method_id = excluded.method_id, method_type = excluded.method_type,
    updated_at = excluded.updated_at, expires_at = excluded.expires_at, data = excluded.data`

function parse(rows: DataRow[]): Order[] {
  return rows.map((row) => JSON.parse(row.data))
}

/** Orders by id, and by when they end unprocessed. */
export class Orders {
  constructor(private store: Store) {}

  save(order: Order): void {
    const method = order.transactions.at(-1)?.method
    this.store.run(
      UPSERT,
      order.id,
      order.accountId,
      order.type,
      order.status,
      order.detail,
      order.externalReference,
      method?.id ?? null,
      method?.type ?? null,
      order.createdAt,
      order.updatedAt,
      order.status === 'created' ? order.expiresAt : null,
      JSON.stringify(order)
    )
  }

  find(id: string): Order | undefined {
    return parse(this.store.all('select data from orders where id = ?', id))[0]
  }

  /** Of one of its transactions; null until it is a payment. */
  paymentIdOf(transactionId: string): number | null {
    const sql = `select value ->> '$.paymentId' as id from orders, json_each(data, '$.transactions')
      where value ->> '$.id' = ?`
    return this.store.get<{ id: number | null }>(sql, transactionId)?.id ?? null
  }

  /** Latest first. */
  latest(accountId: number, limit: number): Order[] {
    const sql = 'select data from orders where account_id = ? order by position desc limit ?'
    return parse(this.store.all(sql, accountId, limit))
  }

  nextExpiring(now: number): Order | undefined {
    const sql = 'select data from orders where expires_at <= ? order by expires_at limit 1'
    return parse(this.store.all(sql, now))[0]
  }

  /** `where` and `order` are built from fixed names only; values come apart. */
  search(where: string, values: unknown[], order: string, limit: number, offset: number) {
    const count = `select count(*) as total from orders where ${where}`
    const page = `select data from orders where ${where} order by ${order} limit ? offset ?`
    return {
      total: this.store.get<{ total: number }>(count, ...values)!.total,
      orders: parse(this.store.all(page, ...values, limit, offset)),
    }
  }

  /** Unless it was given before `since`. */
  answer(accountId: number, key: string, since: number): OrderAnswer | undefined {
    const sql = `select asked, at, status, body from order_answers
      where account_id = ? and key = ? and at > ?`
    return this.store.get<OrderAnswer>(sql, accountId, key, since)
  }

  keepAnswer(accountId: number, key: string, { asked, at, status, body }: OrderAnswer): void {
    const sql = `insert or replace into order_answers (account_id, key, asked, at, status, body)
      values (?, ?, ?, ?, ?, ?)`
    this.store.run(sql, accountId, key, asked, at, status, body)
  }
}
