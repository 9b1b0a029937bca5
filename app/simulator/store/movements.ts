import { settledParts, type Movement } from '../balance/movement.js'
import { isNothing, netOf } from '../balance/parts.js'
import type { Position } from '../balance/position.js'
import type { Store } from './store.js'

/** In minor units. */
export interface Balance {
  availableMinor: number
  pendingMinor: number
  blockedMinor: number
}

/** Where in time a reader of movements is, and the last one that it may see. */
export interface Cursor {
  at: number
  seq: number
}

interface Row {
  seq: number
  data: string
}

const ADD_TO_BALANCE = `insert into balances (account_id, available_minor, pending_minor, blocked_minor)
  values (?, ?, ?, ?)
  on conflict (account_id) do update set
    available_minor = available_minor + excluded.available_minor,
    pending_minor = pending_minor + excluded.pending_minor,
    blocked_minor = blocked_minor + excluded.blocked_minor`

function parse(rows: Row[]): Movement[] {
  return rows.map((row) => ({ ...JSON.parse(row.data), seq: row.seq }))
}

/** Each account's balance, and the movements that it is the sum of. */
export class Movements {
  constructor(private store: Store) {}

  balance(accountId: number): Balance {
    const sql = `select available_minor as availableMinor, pending_minor as pendingMinor,
      blocked_minor as blockedMinor from balances where account_id = ?`
    const none = { availableMinor: 0, pendingMinor: 0, blockedMinor: 0 }
    return this.store.get<Balance>(sql, accountId) ?? none
  }

  add(movement: Omit<Movement, 'seq'>): void {
    const { accountId, at, changes } = movement
    const nets = [netOf(changes.available), netOf(changes.pending), netOf(changes.blocked)]
    this.store.run(ADD_TO_BALANCE, accountId, ...nets)
    this.store.run(
      `insert into movements (account_id, at, available_minor, pending_minor, blocked_minor,
        in_release, in_settlement, data) values (?, ?, ?, ?, ?, ?, ?, ?)`,
      accountId,
      at,
      ...nets,
      Number(!isNothing(changes.available)),
      Number(!isNothing(settledParts(movement))),
      JSON.stringify(movement)
    )
  }

  position(paymentId: number): Position | null {
    const sql = 'select data from positions where payment_id = ?'
    const row = this.store.get<Row>(sql, paymentId)
    return row ? JSON.parse(row.data) : null
  }

  savePosition(paymentId: number, position: Position): void {
    const sql = 'insert or replace into positions (payment_id, data) values (?, ?)'
    this.store.run(sql, paymentId, JSON.stringify(position))
  }

  latest(accountId: number, before: number, limit: number): Movement[] {
    const sql = `select seq, data from movements where account_id = ? and seq < ?
      order by seq desc limit ?`
    return parse(this.store.all(sql, accountId, before, limit))
  }

  lastSeq(): number {
    return this.store.get<{ seq: number | null }>('select max(seq) as seq from movements')!.seq ?? 0
  }

  /** What was available before `at`, counting movements up to `seq` only. */
  availableBefore({ at, seq }: Cursor, accountId: number): number {
    const sql = `select coalesce(sum(available_minor), 0) as minor from movements
      where account_id = ? and at < ? and seq <= ?`
    return this.store.get<{ minor: number }>(sql, accountId, at, seq)!.minor
  }

  /** The next movements of a report in time, after one cursor and not beyond the other. */
  page(
    report: 'release' | 'settlement',
    accountId: number,
    after: Cursor,
    until: Cursor,
    limit: number
  ): Movement[] {
    const sql = `select seq, data from movements where account_id = ? and in_${report} = 1
      and at <= ? and seq <= ? and (at, seq) > (?, ?) order by at, seq limit ?`
    return parse(this.store.all(sql, accountId, until.at, until.seq, after.at, after.seq, limit))
  }
}
