import type { Delivery } from '../notifications/delivery.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

function parse(rows: DataRow[]): Delivery[] {
  return rows.map((row) => JSON.parse(row.data))
}

/** Notifications waiting, sent and given up. */
export class Deliveries {
  constructor(private store: Store) {}

  save(delivery: Delivery): void {
    this.store.run(
      'insert or replace into deliveries (id, account_id, state, due_at, data) values (?,?,?,?,?)',
      delivery.id,
      delivery.accountId,
      delivery.state,
      delivery.dueAt,
      JSON.stringify(delivery)
    )
  }

  find(id: number): Delivery | undefined {
    return parse(this.store.all('select data from deliveries where id = ?', id))[0]
  }

  due(now: number, limit: number): Delivery[] {
    const sql = `select data from deliveries where state = 'pending' and due_at <= ?
      order by due_at, id limit ?`
    return parse(this.store.all(sql, now, limit))
  }

  held(accountId: number): Delivery[] {
    const sql = `select data from deliveries where state = 'held' and account_id = ? order by id`
    return parse(this.store.all(sql, accountId))
  }

  waiting(): Delivery[] {
    const sql = `select data from deliveries where state in ('pending', 'held') order by id`
    return parse(this.store.all(sql))
  }

  latest(before: number, limit: number): Delivery[] {
    const sql = 'select data from deliveries where id < ? order by id desc limit ?'
    return parse(this.store.all(sql, before, limit))
  }
}
