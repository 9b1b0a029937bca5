import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { utcText } from '#app/core/database/utc_text'
import { dayOfHour } from '#app/payments/queries/releases'

/** What was received in a period, in one currency; minor units. */
export interface Takings {
  currency: string
  count: number
  /** What payers paid. */
  grossMinor: number
  /** What of it went back to them since. */
  refundedMinor: number
  /** The provider's charges and the platform's fee, less what came back of them. */
  chargesMinor: number
  feeMinor: number
}

export interface TakingsInput {
  /** Left out: of all tenants. */
  tenantId?: string
  from: DateTime
  /** Not included. */
  until: DateTime
}

const SUMS = {
  gross: 'sum(payments.amount_minor)',
  refunded: 'sum(payments.refunded_minor)',
  charges: 'sum(payments.charges_minor - payments.charges_returned_minor)',
  fee: 'sum(payments.fee_minor - payments.fee_returned_minor)',
}

/** Approved payments of the period, summed by the currency and whatever is selected beside it. */
function takings({ tenantId, from, until }: TakingsInput) {
  // tenant: left out, the platform's own page asks for all of them together.
  const query = db
    .from('payments')
    .where('payments.approved_at', '>=', instantText(from))
    .where('payments.approved_at', '<', instantText(until))
    .groupBy('payments.currency')
    .select('payments.currency')
    .count('* as count')
  for (const [name, sum] of Object.entries(SUMS)) query.select(db.raw(`${sum} as ${name}`))
  if (tenantId) query.where('payments.tenant_id', tenantId)
  return query
}

const asTakings = (row: Record<string, any>): Takings => ({
  currency: row.currency,
  count: Number(row.count),
  grossMinor: Number(row.gross),
  refundedMinor: Number(row.refunded),
  chargesMinor: Number(row.charges),
  feeMinor: Number(row.fee),
})

export interface DayTakings extends Takings {
  day: string
}

/** By day of the zone's clock; days without a payment are left out. */
export async function takingsByDay(input: TakingsInput & { timeZone: string }) {
  const hour = db.raw(`${utcText(db.connection(), 'payments.approved_at', 'hour')} as hour`)
  const rows = await takings(input).select(hour).groupBy('hour')
  const days = new Map<string, DayTakings>()
  for (const row of rows) {
    const day = dayOfHour(row.hour, input.timeZone)
    const key = `${day} ${row.currency}`
    const known = days.get(key)
    days.set(key, { day, ...(known ? addTakings(known, asTakings(row)) : asTakings(row)) })
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day))
}

/** Two of one currency. */
export const addTakings = (one: Takings, other: Takings): Takings => ({
  currency: one.currency,
  count: one.count + other.count,
  grossMinor: one.grossMinor + other.grossMinor,
  refundedMinor: one.refundedMinor + other.refundedMinor,
  chargesMinor: one.chargesMinor + other.chargesMinor,
  feeMinor: one.feeMinor + other.feeMinor,
})

export interface PartTakings extends Takings {
  storeId: string
  type: string
}

/** A tenant's by store and by the provider's group of methods. */
export async function takingsByStoreAndType(
  input: TakingsInput & { tenantId: string }
): Promise<PartTakings[]> {
  const rows = await takings(input)
    .join('charges', (join) =>
      join.on('charges.id', 'payments.charge_id').andOn('charges.tenant_id', 'payments.tenant_id')
    )
    .select('charges.store_id', 'payments.type')
    .groupBy('charges.store_id', 'payments.type')
  return rows.map((row) => ({ ...asTakings(row), storeId: row.store_id, type: row.type }))
}

export interface TenantTakings extends Takings {
  tenantId: string
  type: string
}

/** Everybody's by tenant and by group of methods. */
export async function takingsByTenantAndType(input: TakingsInput): Promise<TenantTakings[]> {
  const rows = await takings(input)
    .select('payments.tenant_id', 'payments.type')
    .groupBy('payments.tenant_id', 'payments.type')
  return rows.map((row) => ({ ...asTakings(row), tenantId: row.tenant_id, type: row.type }))
}
