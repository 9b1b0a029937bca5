import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { describeError } from '#app/core/redaction'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { DateTime } from 'luxon'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { ProviderPayment } from '#app/gateway/provider'
import { ProviderNotFound } from '#app/gateway/provider_errors'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { ExpireLink } from '#app/receivables/actions/expire_link'
import { inLanes } from '#app/core/lanes'
import { paymentsByReference } from '#app/receivables/queries/payments_by_reference'
import Charge from '#app/receivables/models/charge'

const PAGE = 100
const AT_ONCE = 8
/** For so long a charge waits before it is asked for, and from then on between two questions. */
const patience = { hours: 24 }

export interface AskResult {
  charge: string
  tenantId: string
  /** `unknown`: the provider has no such payment. `due`: a dry run. */
  outcome: 'settled' | 'unknown' | 'failed' | 'due'
}

interface AskInput {
  tenantId?: string
  /** How many charges to ask for at most. */
  limit?: number
  dryRun?: boolean
  onResult?: (result: AskResult) => void
}

/** Asks the provider for charges of which nothing was heard for long, and settles what it says. */
export class AskForCharges {
  /** @returns how many were asked for, and how many of these without an answer */
  async handle(input: AskInput = {}): Promise<{ asked: number; failed: number }> {
    const report = { asked: 0, failed: 0 }
    let left = input.limit ?? Number.POSITIVE_INFINITY
    for (let after = ''; left > 0;) {
      const page = await this.#due(Math.min(PAGE, left), after, input.tenantId)
      await inLanes(page, AT_ONCE, async (charge) => {
        const outcome = input.dryRun ? 'due' : await this.#ask(charge)
        if (!outcome) return
        report.asked++
        if (outcome === 'failed') report.failed++
        input.onResult?.({ charge: charge.id, tenantId: charge.tenantId, outcome })
      })
      left -= page.length
      if (page.length < PAGE) break
      after = page[page.length - 1].id
    }
    return report
  }

  #due(limit: number, after: string, tenantId?: string): Promise<Charge[]> {
    const now = clock.now()
    // tenant: all of them are due
    const query = Charge.query()
      .whereIn('state', ['pending', 'in_process', 'authorized'])
      .where((due) =>
        due
          .where('next_attempt_at', '<=', instantText(now))
          .orWhere((unasked) => unasked.whereNull('next_attempt_at').where(isOld(now)))
      )
      .orderBy('id')
      .limit(limit)
    if (after) query.where('id', '>', after)
    if (tenantId) query.where('tenant_id', tenantId)
    return query.exec()
  }

  /** @returns null when another process asks */
  async #ask(charge: Charge): Promise<AskResult['outcome'] | null> {
    try {
      if (!(await this.#claim(charge))) return null
      const payments = await this.#payments(charge)
      for (const payment of payments) await new SettlePayment().settle(payment)
      if (charge.method === 'link') await new ExpireLink().handle(charge)
      return payments.length > 0 ? 'settled' : 'unknown'
    } catch (error) {
      if (error instanceof ProviderNotFound) return 'unknown'
      logger.error({ err: describeError(error), chargeId: charge.id }, 'charge not reconciled')
      return 'failed'
    }
  }

  /** What a search finds may be of a moment ago: the payments themselves count. */
  async #payments(charge: Charge): Promise<ProviderPayment[]> {
    const client = mercadoPago.on(charge.account)
    const { providerPaymentId } = charge
    if (providerPaymentId) return [await client.payment(providerPaymentId)]
    const found = await paymentsByReference(charge)
    return Promise.all(found.map(({ id }) => client.payment(id)))
  }

  /** Whoever sets the next time first gets it. */
  async #claim({ id, tenantId, state, nextAttemptAt, expiresAt }: Charge): Promise<boolean> {
    const query = Charge.query().where({ tenant_id: tenantId, id, state })
    if (nextAttemptAt) query.where('next_attempt_at', instantText(nextAttemptAt))
    else query.whereNull('next_attempt_at')
    const now = clock.now()
    const later = now.plus(patience)
    const next = expiresAt > now && expiresAt < later ? expiresAt : later
    const [moved] = await query.update({ next_attempt_at: instantText(next) })
    return Number(moved) === 1
  }
}

/** Waiting for a day, or over: nobody tells of a link that it expired. */
const isOld = (now: DateTime) => (charge: ModelQueryBuilderContract<typeof Charge>) =>
  void charge
    .where('created_at', '<=', instantText(now.minus(patience)))
    .orWhere('expires_at', '<=', instantText(now))
