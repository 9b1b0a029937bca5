import type { Chargeback, Claim } from '../disputes/chargeback.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

export interface StoredDocument {
  chargeback_id: string
  type: string
  content: Buffer
}

function parsed<T>(row: DataRow | undefined): T | undefined {
  return row && (JSON.parse(row.data) as T)
}

/** What is disputed between sellers, payers and their banks. */
export class Disputes {
  constructor(private store: Store) {}

  saveChargeback(chargeback: Chargeback): void {
    const waits = chargeback.documentationStatus === 'pending'
    this.store.run(
      `insert into chargebacks (id, payment_id, account_id, deadline_at, data)
        values (?, ?, ?, ?, ?)
        on conflict (id) do update set deadline_at = excluded.deadline_at, data = excluded.data`,
      chargeback.id,
      chargeback.paymentId,
      chargeback.accountId,
      waits ? chargeback.deadlineAt : null,
      JSON.stringify(chargeback)
    )
  }

  chargeback(id: string): Chargeback | undefined {
    return parsed(this.store.get<DataRow>('select data from chargebacks where id = ?', id))
  }

  chargebackOf(paymentId: number): Chargeback | undefined {
    const sql = `select data from chargebacks where payment_id = ?
      order by position desc limit 1`
    return parsed(this.store.get<DataRow>(sql, paymentId))
  }

  /** Latest first; of one payment unless it is null. */
  searchChargebacks(accountId: number, paymentId: number | null, limit: number, offset: number) {
    const where = `account_id = ?${paymentId === null ? '' : ' and payment_id = ?'}`
    const values = paymentId === null ? [accountId] : [accountId, paymentId]
    const count = `select count(*) as total from chargebacks where ${where}`
    const page = `select data from chargebacks where ${where}
      order by position desc limit ? offset ?`
    const rows = this.store.all<DataRow>(page, ...values, limit, offset)
    return {
      total: this.store.get<{ total: number }>(count, ...values)!.total,
      chargebacks: rows.map((row) => JSON.parse(row.data) as Chargeback),
    }
  }

  nextUndocumented(now: number): Chargeback | undefined {
    const sql = `select data from chargebacks where deadline_at <= ?
      order by deadline_at limit 1`
    return parsed(this.store.get<DataRow>(sql, now))
  }

  saveDocument(id: string, chargebackId: string, type: string, content: Buffer): void {
    const sql = 'insert into documents (id, chargeback_id, type, content) values (?, ?, ?, ?)'
    this.store.run(sql, id, chargebackId, type, content)
  }

  document(id: string): StoredDocument | undefined {
    const sql = 'select chargeback_id, type, content from documents where id = ?'
    return this.store.get<StoredDocument>(sql, id)
  }

  documentedBytes(chargebackId: string): number {
    const sql = `select coalesce(sum(length(content)), 0) as total from documents
      where chargeback_id = ?`
    return this.store.get<{ total: number }>(sql, chargebackId)!.total
  }

  saveClaim(claim: Claim): void {
    const sql =
      'insert or replace into claims (id, payment_id, account_id, data) values (?, ?, ?, ?)'
    this.store.run(sql, claim.id, claim.paymentId, claim.accountId, JSON.stringify(claim))
  }

  claim(id: number): Claim | undefined {
    return parsed(this.store.get<DataRow>('select data from claims where id = ?', id))
  }

  claimOf(paymentId: number): Claim | undefined {
    const sql = 'select data from claims where payment_id = ? order by id desc limit 1'
    return parsed(this.store.get<DataRow>(sql, paymentId))
  }
}
