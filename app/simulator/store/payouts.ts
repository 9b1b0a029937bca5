import type { Payout } from '../payouts/payout.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

function parse(rows: DataRow[]): Payout[] {
  return rows.map((row) => JSON.parse(row.data))
}

/** Payouts by id, and by when they are processed next. */
export class Payouts {
  constructor(private store: Store) {}

  save(payout: Payout): void {
    this.store.run(
      `insert into payouts (id, account_id, due_at, data) values (?, ?, ?, ?)
        on conflict (id) do update set due_at = excluded.due_at, data = excluded.data`,
      payout.id,
      payout.accountId,
      payout.dueAt,
      JSON.stringify(payout)
    )
  }

  find(id: string): Payout | undefined {
    return parse(this.store.all('select data from payouts where id = ?', id))[0]
  }

  latest(accountId: number, limit: number): Payout[] {
    const sql = 'select data from payouts where account_id = ? order by position desc limit ?'
    return parse(this.store.all(sql, accountId, limit))
  }

  nextDue(now: number): Payout | undefined {
    const sql = 'select data from payouts where due_at <= ? order by due_at, position limit 1'
    return parse(this.store.all(sql, now))[0]
  }
}
