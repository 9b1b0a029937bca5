import type { Invoice } from '../subscriptions/invoice.js'
import type { Plan } from '../subscriptions/plan.js'
import { dueAt, type Preapproval } from '../subscriptions/preapproval.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

function parsed<T>(row: DataRow | undefined): T | undefined {
  return row && (JSON.parse(row.data) as T)
}

const TABLES = {
  plans: 'preapproval_plans',
  preapprovals: 'preapprovals',
  invoices: 'authorized_payments',
} as const

interface Stored {
  plans: Plan
  preapprovals: Preapproval
  invoices: Invoice
}

const PREAPPROVAL_COLUMNS = [
  'id',
  'account_id',
  'preapproval_plan_id',
  'payer_id',
  'payer_email',
  'status',
  'semaphore',
  'transaction_amount',
  'reason',
  'external_reference',
  'date_created',
  'last_modified',
  'next_payment_date',
  'due_at',
  'data',
] as const

const SAVE_PREAPPROVAL = `insert into preapprovals (${PREAPPROVAL_COLUMNS.join(', ')})
  values (${PREAPPROVAL_COLUMNS.map(() => '?').join(', ')})
  on conflict (id) do update set
    ${PREAPPROVAL_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`

/** Spelled as the index is, which would not be used otherwise. */
const OPEN_INVOICES = `select data from authorized_payments where preapproval_id = ?
  and status in ('scheduled', 'recycling', 'waiting_for_gateway') order by sequence`

/** Plans, subscriptions and their instalments, by id and by what falls due next. */
export class Subscriptions {
  constructor(private store: Store) {}

  savePlan(plan: Plan): void {
    this.store.run(
      `insert into preapproval_plans
        (id, account_id, status, reason, date_created, last_modified, data)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do update set status = excluded.status, reason = excluded.reason,
          last_modified = excluded.last_modified, data = excluded.data`,
      plan.id,
      plan.accountId,
      plan.status,
      plan.reason,
      plan.createdAt,
      plan.updatedAt,
      JSON.stringify(plan)
    )
  }

  plan(id: string): Plan | undefined {
    return parsed(this.store.get<DataRow>('select data from preapproval_plans where id = ?', id))
  }

  save(preapproval: Preapproval): void {
    this.store.run(
      SAVE_PREAPPROVAL,
      preapproval.id,
      preapproval.accountId,
      preapproval.planId,
      preapproval.payer.id,
      preapproval.payer.email.toLowerCase(),
      preapproval.status,
      preapproval.collected.semaphore,
      preapproval.terms.amountMinor,
      preapproval.reason,
      preapproval.externalReference,
      preapproval.createdAt,
      preapproval.updatedAt,
      preapproval.nextPaymentAt,
      dueAt(preapproval),
      JSON.stringify(preapproval)
    )
  }

  find(id: string): Preapproval | undefined {
    return parsed(this.store.get<DataRow>('select data from preapprovals where id = ?', id))
  }

  /** Those that were not ended. */
  ofPlan(planId: string): Preapproval[] {
    const sql = `select data from preapprovals where preapproval_plan_id = ?
      and status <> 'cancelled' order by position`
    return this.store.all<DataRow>(sql, planId).map((row) => JSON.parse(row.data))
  }

  countOfPlan(planId: string): number {
    const sql = `select count(*) as total from preapprovals where preapproval_plan_id = ?
      and status in ('authorized', 'paused')`
    return this.store.get<{ total: number }>(sql, planId)!.total
  }

  nextDue(now: number): { at: number; id: string } | undefined {
    const sql =
      'select due_at as at, id from preapprovals where due_at <= ? order by due_at limit 1'
    return this.store.get(sql, now)
  }

  saveInvoice(invoice: Invoice): void {
    this.store.run(
      `insert into authorized_payments
        (id, preapproval_id, account_id, payer_id, sequence, status, due_at, data)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do update set status = excluded.status, due_at = excluded.due_at,
          data = excluded.data`,
      invoice.id,
      invoice.preapprovalId,
      invoice.accountId,
      invoice.payerId,
      invoice.sequence,
      invoice.status,
      invoice.nextTryAt,
      JSON.stringify(invoice)
    )
  }

  invoice(id: number): Invoice | undefined {
    return parsed(this.store.get<DataRow>('select data from authorized_payments where id = ?', id))
  }

  invoicesOf(preapprovalId: string): Invoice[] {
    const sql = 'select data from authorized_payments where preapproval_id = ? order by sequence'
    return this.store.all<DataRow>(sql, preapprovalId).map((row) => JSON.parse(row.data))
  }

  /** Those whose outcome is not known yet, oldest first. */
  openInvoices(preapprovalId: string): Invoice[] {
    const rows = this.store.all<DataRow>(OPEN_INVOICES, preapprovalId)
    return rows.map((row) => JSON.parse(row.data))
  }

  nextDueInvoice(now: number): { at: number; id: number } | undefined {
    const sql = `select due_at as at, id from authorized_payments where due_at <= ?
      order by due_at, id limit 1`
    return this.store.get(sql, now)
  }

  latest(accountId: number, before: number, limit: number) {
    const sql = `select position, data from preapprovals where account_id = ? and position < ?
      order by position desc limit ?`
    const rows = this.store.all<DataRow & { position: number }>(sql, accountId, before, limit)
    return rows.map((row) => ({
      position: row.position,
      preapproval: JSON.parse(row.data) as Preapproval,
    }))
  }

  /** `where` and `order` are built from fixed names only; values come apart. */
  search<Kind extends keyof Stored>(
    kind: Kind,
    where: string,
    values: unknown[],
    order: string,
    { limit, offset }: { limit: number; offset: number }
  ) {
    const table = TABLES[kind]
    const count = `select count(*) as total from ${table} where ${where}`
    const page = `select data from ${table} where ${where} order by ${order} limit ? offset ?`
    const rows = this.store.all<DataRow>(page, ...values, limit, offset)
    return {
      total: this.store.get<{ total: number }>(count, ...values)!.total,
      found: rows.map((row) => JSON.parse(row.data) as Stored[Kind]),
    }
  }
}
