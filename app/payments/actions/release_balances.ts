import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { describeError } from '#app/core/redaction'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { inLanes } from '#app/core/lanes'
import Payment from '#app/payments/models/payment'
import Tenant from '#app/tenants/models/tenant'

const PAGE = 100
const AT_ONCE = 8
/** Should this process die in the middle, another one asks again after so long. */
const CLAIM = { minutes: 10 }

export interface ReleaseResult {
  payment: string
  tenantId: string
  /** `late`: the provider still holds it; it is asked again. `due`: a dry run. */
  outcome: 'released' | 'late' | 'failed' | 'due'
}

interface ReleaseInput {
  /** Slug of the only tenant to look at. */
  tenant?: string
  /** How many payments to ask for at most. */
  limit?: number
  dryRun?: boolean
  onResult?: (result: ReleaseResult) => void
}

export type ReleaseReport =
  { state: 'unknown_tenant' } | { state: 'done'; released: number; late: number; failed: number }

/**
 * Asks the provider for the payments whose release is due, and moves what it has released from
 * pending to available. Killed anywhere it is continued by the next run; two at once share the work.
 */
export class ReleaseBalances {
  async handle(input: ReleaseInput = {}): Promise<ReleaseReport> {
    const tenant = input.tenant ? await Tenant.findBy('slug', input.tenant) : undefined
    if (tenant === null) return { state: 'unknown_tenant' }
    const report = { state: 'done' as const, released: 0, late: 0, failed: 0 }
    let left = input.limit ?? Number.POSITIVE_INFINITY
    for (let after = ''; left > 0;) {
      const page = await this.#due(Math.min(PAGE, left), after, tenant?.id)
      await inLanes(page, AT_ONCE, async (payment) => {
        const outcome = input.dryRun ? 'due' : await this.#release(payment)
        if (!outcome) return
        if (outcome !== 'due') report[outcome]++
        input.onResult?.({
          payment: payment.providerPaymentId,
          tenantId: payment.tenantId,
          outcome,
        })
      })
      left -= page.length
      if (page.length < PAGE) break
      after = page[page.length - 1].id
    }
    return report
  }

  #due(limit: number, after: string, tenantId?: string): Promise<Payment[]> {
    // tenant: all of them are due
    const query = Payment.query()
      .where('release_check_at', '<=', instantText(clock.now()))
      .preload('charge')
      .orderBy('id')
      .limit(limit)
    if (after) query.where('id', '>', after)
    if (tenantId) query.where('tenant_id', tenantId)
    return query.exec()
  }

  /** @returns null when another process has it */
  async #release(payment: Payment): Promise<ReleaseResult['outcome'] | null> {
    try {
      if (!(await this.#claim(payment))) return null
      const { charge, providerPaymentId } = payment
      const news = await mercadoPago.on(charge.account).payment(providerPaymentId)
      await new SettlePayment().settle(news)
      await payment.refresh()
      return payment.awaitsRelease ? 'late' : 'released'
    } catch (error) {
      logger.error({ err: describeError(error), paymentId: payment.id }, 'release not settled')
      return 'failed'
    }
  }

  /** Whoever moves the time that both have read gets it. */
  async #claim({ id, tenantId, releaseCheckAt }: Payment): Promise<boolean> {
    const [moved] = await Payment.query()
      .where({ tenant_id: tenantId, id, release_check_at: instantText(releaseCheckAt!) })
      .update({ release_check_at: instantText(clock.now().plus(CLAIM)) })
    return Number(moved) === 1
  }
}
