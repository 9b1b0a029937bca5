import db from '@adonisjs/lucid/services/db'
import { utcText } from '#app/core/database/utc_text'
import { instantFrom } from '#app/core/columns'
import type { DateTime } from 'luxon'
import { dayOfHour } from '#app/payments/queries/releases'

/** What is held back until a day of the given zone. */
export interface HeldBack {
  day: string
  currency: string
  payments: number
  amountMinor: number
}

interface Input {
  tenantId: string
  timeZone: string
}

/** What is held back of a tenant's payments, by the day that it becomes available; the next first. */
export async function heldBack({ tenantId, timeZone }: Input): Promise<HeldBack[]> {
  const hour = utcText(db.connection(), 'free_at', 'hour')
  const rows = await db
    .from('holdbacks')
    .where('tenant_id', tenantId)
    .whereNull('freed_at')
    .where('held_minor', '>', 0)
    .select(db.raw(`${hour} as hour`), 'currency')
    .count('* as payments')
    .sum('held_minor as amount')
    .groupByRaw(`${hour}, currency`)
  const days = new Map<string, HeldBack>()
  for (const row of rows) {
    const day = dayOfHour(row.hour, timeZone)
    const key = `${day} ${row.currency}`
    const known = days.get(key) ?? { day, currency: row.currency, payments: 0, amountMinor: 0 }
    known.payments += Number(row.payments)
    known.amountMinor += Number(row.amount)
    days.set(key, known)
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day))
}

/** Until when a part of these payments is, or was, held back; by the payment's id. */
export async function heldUntil(
  tenantId: string,
  paymentIds: string[]
): Promise<Map<string, DateTime>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await db
    .from('holdbacks')
    .where('tenant_id', tenantId)
    .whereIn('payment_id', paymentIds)
    .select('payment_id', 'free_at')
  return new Map(rows.map((row) => [row.payment_id, instantFrom(row.free_at)]))
}
