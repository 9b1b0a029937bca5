import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { describeError } from '#app/core/redaction'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { ProviderPayment } from '#app/gateway/provider'
import { ProviderNotFound } from '#app/gateway/provider_errors'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { inLanes } from '#app/payments/lanes'
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
          .orWhere((unasked) =>
            unasked
              .whereNull('next_attempt_at')
              .where('created_at', '<=', instantText(now.minus(patience)))
          )
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
      const payment = await this.#payment(charge)
      if (!payment) return 'unknown'
      await new SettlePayment().settle(payment)
      return 'settled'
    } catch (error) {
      if (error instanceof ProviderNotFound) return 'unknown'
      logger.error({ err: describeError(error), chargeId: charge.id }, 'charge not reconciled')
      return 'failed'
    }
  }

  async #payment(charge: Charge): Promise<ProviderPayment | null> {
    const { providerPaymentId, externalReference } = charge
    const client = mercadoPago.on(charge.account)
    if (providerPaymentId) return client.payment(providerPaymentId)
    const { payments } = await client.searchPayments({ externalReference })
    return payments.find((payment) => payment.externalReference === externalReference) ?? null
  }

  /** Whoever sets the next time first gets it. */
  async #claim({ id, tenantId, state, nextAttemptAt }: Charge): Promise<boolean> {
    const query = Charge.query().where({ tenant_id: tenantId, id, state })
    if (nextAttemptAt) query.where('next_attempt_at', instantText(nextAttemptAt))
    else query.whereNull('next_attempt_at')
    const next = clock.now().plus(patience)
    const [moved] = await query.update({ next_attempt_at: instantText(next) })
    return Number(moved) === 1
  }
}
