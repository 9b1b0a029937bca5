import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { instantText, twoPlaces } from '#app/core/columns'
import { sumMinor } from '#app/core/money'
import type { TenantMode } from '#app/tenants/models/tenant'

/** What the platform earned of a tenant at one rate in a period; minor units. */
export interface FeeLine {
  tenantId: string
  currency: string
  /** Whether it was kept from money that the platform received, or split off at the provider. */
  mode: TenantMode
  /** "1.00": as it was fixed when the charges were issued. */
  percent: string
  payments: number
  /** What was really paid. */
  baseMinor: number
  feeMinor: number
  /** What went back to payers in the period, and the platform's part of it. */
  baseReturnedMinor: number
  feeReturnedMinor: number
}

export interface FeeTotals {
  baseMinor: number
  feeMinor: number
  baseReturnedMinor: number
  feeReturnedMinor: number
  /** What the tenant owes the platform a document for; below zero when more went back. */
  netMinor: number
}

interface Input {
  tenantIds: string[]
  from: DateTime
  /** Not included. */
  until: DateTime
}

/** By tenant, currency, mode and rate: each event counts in the period in which it happened. */
export async function feeLines(input: Input): Promise<FeeLine[]> {
  if (input.tenantIds.length === 0) return []
  const rows = [
    ...(await centralized(input)),
    ...(await splitOff(input)),
    ...(await splitReturned(input)),
  ]
  const lines = new Map<string, FeeLine>()
  for (const row of rows) {
    const line = lines.get(keyOf(row)) ?? emptyLine(row)
    lines.set(keyOf(row), add(line, row))
  }
  return [...lines.values()].sort((one, other) => keyOf(one).localeCompare(keyOf(other)))
}

export function feeTotals(lines: FeeLine[]): FeeTotals {
  const sum = (name: keyof FeeTotals & keyof FeeLine) => sumMinor(lines.map((line) => line[name]))
  const feeMinor = sum('feeMinor')
  const feeReturnedMinor = sum('feeReturnedMinor')
  return {
    baseMinor: sum('baseMinor'),
    baseReturnedMinor: sum('baseReturnedMinor'),
    ...{ feeMinor, feeReturnedMinor, netMinor: feeMinor - feeReturnedMinor },
  }
}

const keyOf = ({ tenantId, currency, mode, percent }: FeeLine) =>
  [tenantId, currency, mode, percent.padStart(6, '0')].join(' ')

const emptyLine = (line: FeeLine): FeeLine => ({
  ...line,
  ...{ payments: 0, baseMinor: 0, feeMinor: 0, baseReturnedMinor: 0, feeReturnedMinor: 0 },
})

const add = (line: FeeLine, more: FeeLine): FeeLine => ({
  ...line,
  payments: line.payments + more.payments,
  baseMinor: line.baseMinor + more.baseMinor,
  feeMinor: line.feeMinor + more.feeMinor,
  baseReturnedMinor: line.baseReturnedMinor + more.baseReturnedMinor,
  feeReturnedMinor: line.feeReturnedMinor + more.feeReturnedMinor,
})

/** The ledger's word: what was booked as the platform's, and given back. */
async function centralized({ tenantIds, from, until }: Input): Promise<FeeLine[]> {
  const isTaken = `t.kind = 'payment_approved'`
  const isGross = `e.account = 'platform:gateway' and e.charge_type is null`
  const isFee = `e.account = 'platform:fee_revenue'`
  const rows = await db
    .from('ledger_transactions as t')
    .join('ledger_entries as e', 'e.transaction_id', 't.id')
    .join('payments as p', (join) => {
      join.on('p.tenant_id', 't.tenant_id').andOn('p.id', 't.payment_id')
    })
    .join('charges as c', (join) => {
      join.on('c.tenant_id', 'p.tenant_id').andOn('c.id', 'p.charge_id')
    })
    .whereIn('t.tenant_id', tenantIds)
    .where('t.occurred_at', '>=', instantText(from))
    .where('t.occurred_at', '<', instantText(until))
    .groupBy('t.tenant_id', 't.currency', 'c.fee_percent')
    .select('t.tenant_id', 't.currency', 'c.fee_percent')
    .select(
      db.raw(`count(distinct case when ${isTaken} then t.id end) as payments`),
      db.raw(total('base', `${isGross} and ${isTaken}`)),
      db.raw(total('fee', `${isFee} and ${isTaken}`)),
      db.raw(total('base_returned', `${isGross} and not (${isTaken})`)),
      db.raw(total('fee_returned', `${isFee} and not (${isTaken})`))
    )
  return rows.map((row) => ({
    ...lineOf(row, 'centralized'),
    payments: Number(row.payments),
    baseMinor: Number(row.base),
    feeMinor: -Number(row.fee),
    baseReturnedMinor: -Number(row.base_returned),
    feeReturnedMinor: Number(row.fee_returned),
  }))
}

const total = (name: string, which: string) =>
  `sum(case when ${which} then e.amount_minor else 0 end) as ${name}`

/** The provider's word: what it took for the platform on tenants' own accounts. */
async function splitOff({ tenantIds, from, until }: Input): Promise<FeeLine[]> {
  const rows = await connectedPayments(tenantIds)
    .where('p.approved_at', '>=', instantText(from))
    .where('p.approved_at', '<', instantText(until))
    .count('* as payments')
    .sum({ base: 'p.amount_minor', fee: 'p.fee_minor' })
  return rows.map((row) => ({
    ...lineOf(row, 'connected'),
    payments: Number(row.payments),
    baseMinor: Number(row.base),
    feeMinor: Number(row.fee),
  }))
}

async function splitReturned({ tenantIds, from, until }: Input): Promise<FeeLine[]> {
  const rows = await connectedPayments(tenantIds)
    .join('refunds as r', (join) => {
      join.on('r.tenant_id', 'p.tenant_id').andOn('r.payment_id', 'p.id')
    })
    .where('r.status', 'approved')
    .where('r.provider_created_at', '>=', instantText(from))
    .where('r.provider_created_at', '<', instantText(until))
    .sum({ base: 'r.amount_minor', fee: 'r.fee_returned_minor' })
  return rows.map((row) => ({
    ...lineOf(row, 'connected'),
    baseReturnedMinor: Number(row.base),
    feeReturnedMinor: Number(row.fee),
  }))
}

const connectedPayments = (tenantIds: string[]) =>
  db
    .from('payments as p')
    .join('charges as c', (join) => {
      join.on('c.tenant_id', 'p.tenant_id').andOn('c.id', 'p.charge_id')
    })
    .whereIn('p.tenant_id', tenantIds)
    .where('p.mode', 'connected')
    .groupBy('p.tenant_id', 'p.currency', 'c.fee_percent')
    .select('p.tenant_id', 'p.currency', 'c.fee_percent')

const lineOf = (row: Record<string, any>, mode: TenantMode): FeeLine => ({
  tenantId: row.tenant_id,
  currency: row.currency,
  mode,
  percent: twoPlaces(row.fee_percent),
  ...{ payments: 0, baseMinor: 0, feeMinor: 0, baseReturnedMinor: 0, feeReturnedMinor: 0 },
})
