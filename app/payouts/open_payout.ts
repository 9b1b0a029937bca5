import type { DateTime } from 'luxon'
import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import type { Trx } from '#app/core/transaction'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { ledger } from '#app/ledger/ledger'
import { AmountAboveAvailable, AmountBelowMinimum, PayoutNotPossible } from '#app/payouts/errors'
import { hindranceOf } from '#app/payouts/hindrance'
import Payout from '#app/payouts/models/payout'
import { book } from '#app/payouts/movements'
import { payoutStanding, type PayoutStanding } from '#app/payouts/queries/payout_standing'
import { scheduledAmount } from '#app/payouts/scheduled_payout'

interface NewPayout {
  tenantId: string
  currency: string
  /** In minor units; `scheduled` is what the tenant's schedule takes of what is available. */
  amountMinor: number | 'scheduled'
  /** The tenant's date of a scheduled payout, "2026-11-21"; null for a requested one. */
  scheduledFor: string | null
  requestedBy: string | null
  actor: Actor
}

/**
 * Reserves the amount for a new payout. The balance is locked before anything is decided, so that
 * two requests, or a request and a run, never spend the same money.
 * @throws PayoutNotPossible, AmountAboveAvailable, AmountBelowMinimum
 */
export async function openPayout(trx: Trx, input: NewPayout): Promise<Payout> {
  const { tenantId, currency, scheduledFor } = input
  await ledger.lockBalance(trx, tenantId, currency)
  const standing = await payoutStanding(trx, tenantId)
  const { payoutWaitingDays } = await GatewayConfig.current(trx)
  const now: DateTime = clock.now()

  const hindrance = hindranceOf(standing, { waitingDays: payoutWaitingDays, now })
  if (hindrance) throw new PayoutNotPossible(hindrance)
  const amountMinor = amountOf(input, standing)

  const payout = await Payout.create(
    {
      tenantId,
      destinationId: standing.destinationId!,
      platformAccountId: standing.platformAccountId!,
      amountMinor,
      currency,
      state: 'requested',
      origin: scheduledFor ? 'schedule' : 'request',
      scheduledFor,
      requestedBy: input.requestedBy,
      createdAt: now,
    },
    { client: trx }
  )
  await book(trx, payout, input.actor)
  return payout
}

function amountOf({ amountMinor }: NewPayout, standing: PayoutStanding): number {
  if (amountMinor === 'scheduled') {
    const scheduled = scheduledAmount(standing)
    if (scheduled === null) throw new PayoutNotPossible({ reason: 'below_minimum' })
    return scheduled
  }
  if (amountMinor > standing.availableMinor) throw new AmountAboveAvailable()
  if (amountMinor < standing.minimumMinor) throw new AmountBelowMinimum()
  return amountMinor
}
