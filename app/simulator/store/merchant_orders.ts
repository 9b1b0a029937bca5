import type { MerchantOrder } from '../merchant_orders/merchant_order.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

const COLUMNS = [
  'id',
  'account_id',
  'preference_id',
  'external_reference',
  'status',
  'date_created',
  'last_updated',
  'due_at',
  'data',
] as const

const UPSERT = `insert or replace into merchant_orders (${COLUMNS.join(', ')})
  values (${COLUMNS.map(() => '?').join(', ')})`

function parse(rows: DataRow[]): MerchantOrder[] {
  return rows.map((row) => JSON.parse(row.data))
}

/** Merchant orders by id, seller and preference, and by when they end. */
export class MerchantOrders {
  constructor(private store: Store) {}

  /** `dueAt` is when it ends unless somebody pays. */
  save(order: MerchantOrder, dueAt: number | null): void {
    this.store.run(
      UPSERT,
      order.id,
      order.accountId,
      order.preferenceId,
      order.externalReference,
      order.status,
      order.createdAt,
      order.updatedAt,
      dueAt,
      JSON.stringify(order)
    )
  }

  find(id: number): MerchantOrder | undefined {
    return parse(this.store.all('select data from merchant_orders where id = ?', id))[0]
  }

  /** Of one preference, latest first. */
  of(preferenceId: string): MerchantOrder[] {
    const sql = 'select data from merchant_orders where preference_id = ? order by id desc'
    return parse(this.store.all(sql, preferenceId))
  }

  unpaidOf(preferenceId: string): MerchantOrder[] {
    return this.of(preferenceId).filter(({ paidMinor }) => paidMinor === 0)
  }

  nextDue(now: number): MerchantOrder | undefined {
    const sql = 'select data from merchant_orders where due_at <= ? order by due_at, id limit 1'
    return parse(this.store.all(sql, now))[0]
  }

  /** Latest first; `where` is built from fixed names only, values come apart. */
  search(where: string, values: unknown[], limit: number, offset: number) {
    const count = `select count(*) as total from merchant_orders where ${where}`
    const page = `select data from merchant_orders where ${where} order by id desc limit ? offset ?`
    const rows = this.store.all<DataRow>(page, ...values, limit, offset)
    return {
      total: this.store.get<{ total: number }>(count, ...values)!.total,
      found: parse(rows),
    }
  }
}
