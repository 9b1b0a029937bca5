import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { instantFrom } from '#app/core/columns'
import { SILENT_AFTER_SECONDS } from '#app/core/work/heartbeat'

const numberOf = (value: unknown) => Number(value ?? 0)

/**
 * What the platform holds for its tenants, by currency; minor units. What a tenant owes is no other
 * tenant's money: it is told apart, above zero.
 */
export async function heldMoney() {
  // tenant: the sum over all of them is the question.
  const rows = await db
    .from('tenant_balances')
    .select('currency')
    .sum({ pending: 'pending_minor', reserved: 'reserved_minor' })
    .select(
      db.raw('sum(case when available_minor > 0 then available_minor else 0 end) as available'),
      db.raw('sum(case when available_minor < 0 then -available_minor else 0 end) as owed')
    )
    .groupBy('currency')
    .orderBy('currency')
  return rows.map((row) => ({
    currency: row.currency as string,
    pendingMinor: numberOf(row.pending),
    availableMinor: numberOf(row.available),
    reservedMinor: numberOf(row.reserved),
    owedMinor: numberOf(row.owed),
  }))
}

const countOf = async (table: string, where: Record<string, unknown>): Promise<number> => {
  // tenant: the queues of all tenants are one.
  const [{ total }] = await db.from(table).where(where).count('* as total')
  return numberOf(total)
}

/** How much waits for the worker, and how much for a person. */
export async function queueSizes() {
  return {
    payoutsRequested: await countOf('payouts', { state: 'requested' }),
    payoutsToPay:
      (await countOf('payouts', { state: 'approved' })) +
      (await countOf('payouts', { state: 'processing' })),
    eventsWaiting: await countOf('webhook_events', { state: 'received' }),
    eventsFailed: await countOf('webhook_events', { state: 'failed' }),
    eventsQuarantined: await countOf('webhook_events', { state: 'rejected', reviewed_at: null }),
    effectsFailed: await countOf('outbox_effects', { state: 'failed' }),
    exceptionsOpen: await countOf('exception_cases', { state: 'open' }),
  }
}

export interface WorkerStatus {
  id: string
  host: string
  beatAt: DateTime
  isSilent: boolean
}

/** The workers that were heard of within the last hour. */
export async function workers(): Promise<WorkerStatus[]> {
  const rows = await db.from('worker_heartbeats').orderBy('beat_at', 'desc').limit(20)
  return rows.map((row) => {
    const beatAt = instantFrom(row.beat_at)
    const isSilent = -beatAt.diffNow('seconds').seconds > SILENT_AFTER_SECONDS
    return { id: row.id, host: row.host, beatAt, isSilent }
  })
}

export interface ScheduleStatus {
  name: string
  startedAt: DateTime | null
  finishedAt: DateTime | null
  error: string | null
}

/** What runs by itself, and how it ended last. */
export async function scheduleStatus(): Promise<ScheduleStatus[]> {
  const rows = await db.from('schedule_leases').orderBy('name')
  return rows.map((row) => ({
    name: row.name,
    startedAt: row.last_started_at ? instantFrom(row.last_started_at) : null,
    finishedAt: row.last_finished_at ? instantFrom(row.last_finished_at) : null,
    error: row.last_error,
  }))
}
