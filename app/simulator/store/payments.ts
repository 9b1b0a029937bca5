import type { Payment } from '../payments/payment.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

const COLUMNS = [
  'id',
  'collector_id',
  'status',
  'external_reference',
  'payer_id',
  'code',
  'date_created',
  'date_approved',
  'date_last_updated',
  'money_release_date',
  'expires_at',
  'release_at',
  'data',
] as const

const UPSERT = `insert or replace into payments (${COLUMNS.join(', ')})
  values (${COLUMNS.map(() => '?').join(', ')})`

function parse(row: DataRow | undefined): Payment | undefined {
  return row && JSON.parse(row.data)
}

/** When it ends by itself: unpaid, or authorized and never captured. */
export function dueAt(payment: Payment): number | null {
  if (payment.status === 'pending') return payment.expiresAt
  return payment.status === 'authorized' ? payment.captureUntil : null
}

/** Ends of a chargeback that leave the seller something. */
const KEPT = ['reimbursed', 'bpp_covered', 'partially_bpp_covered']

export function awaitsRelease(payment: Payment): boolean {
  const open = payment.status === 'approved' || KEPT.includes(payment.statusDetail)
  return open && !payment.released
}

/** Payments by id, seller and code, and by what falls due next. */
export class Payments {
  constructor(private store: Store) {}

  save(payment: Payment): void {
    this.store.run(
      UPSERT,
      payment.id,
      payment.collectorId,
      payment.status,
      payment.externalReference,
      payment.payer.id,
      payment.boleto?.barcode ?? payment.pix?.code ?? payment.voucher?.code ?? null,
      payment.createdAt,
      payment.approvedAt,
      payment.updatedAt,
      payment.releaseAt,
      dueAt(payment),
      awaitsRelease(payment) ? payment.releaseAt : null,
      JSON.stringify(payment)
    )
  }

  find(id: number): Payment | undefined {
    return parse(this.store.get<DataRow>('select data from payments where id = ?', id))
  }

  findByCode(code: string): Payment | undefined {
    return parse(this.store.get<DataRow>('select data from payments where code = ?', code))
  }

  latest(collectorId: number, before: number, limit: number): Payment[] {
    const sql = `select data from payments where collector_id = ? and id < ?
      order by id desc limit ?`
    const rows = this.store.all<DataRow>(sql, collectorId, before, limit)
    return rows.map((row) => JSON.parse(row.data))
  }

  nextExpiring(now: number): Payment | undefined {
    const sql = 'select data from payments where expires_at <= ? order by expires_at limit 1'
    return parse(this.store.get<DataRow>(sql, now))
  }

  nextReleasing(now: number): Payment | undefined {
    const sql = 'select data from payments where release_at <= ? order by release_at limit 1'
    return parse(this.store.get<DataRow>(sql, now))
  }

  /** Card payments that somebody has yet to decide, latest first. */
  underReview(limit: number): Payment[] {
    const sql = `select data from payments where status in ('in_process', 'pending')
      and data ->> '$.card' is not null order by id desc limit ?`
    return this.store.all<DataRow>(sql, limit).map((row) => JSON.parse(row.data))
  }

  /** `where` and `order` are built from fixed names only; values come apart. */
  search(where: string, values: unknown[], order: string, limit: number, offset: number) {
    const count = `select count(*) as total from payments where ${where}`
    const page = `select data from payments where ${where} order by ${order} limit ? offset ?`
    const rows = this.store.all<DataRow>(page, ...values, limit, offset)
    return {
      total: this.store.get<{ total: number }>(count, ...values)!.total,
      payments: rows.map((row) => JSON.parse(row.data) as Payment),
    }
  }

  payerId(email: string): number {
    const known = this.store.get<{ id: number }>('select id from payers where email = ?', email)
    if (known) return known.id
    const id = this.store.nextId('payer')
    this.store.run('insert into payers (id, email) values (?, ?)', id, email)
    return id
  }
}
