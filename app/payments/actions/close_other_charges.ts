import logger from '@adonisjs/core/services/logger'
import { describeError } from '#app/core/redaction'
import { transaction } from '#app/core/transaction'
import { TryAgain, type EffectHandler } from '#app/core/work/contracts'
import { ProviderBusy, ProviderError } from '#app/gateway/provider_errors'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { surplusCharges } from '#app/payments/queries/surplus_charges'
import { WithdrawCharge } from '#app/receivables/actions/withdraw_charge'
import Charge from '#app/receivables/models/charge'

interface Paid {
  receivableId: string
}

/**
 * A receivable was paid, or a part of it: whatever asks for more than is still owed is closed at the
 * provider, again and again until that is known. What was paid before it could be stopped is booked like any payment.
 */
export class CloseOtherCharges implements EffectHandler<Paid> {
  /** @throws TryAgain while something may still be payable */
  async handle({ receivableId }: Paid, { tenantId }: { tenantId: string | null }): Promise<void> {
    if (tenantId === null) throw new Error('charges.close_others names no tenant')
    let delaySeconds: number | undefined
    for (const charge of await surplusCharges(tenantId, receivableId)) {
      const wait = await this.#close(charge)
      delaySeconds = Math.max(wait ?? 0, delaySeconds ?? 0) || undefined
    }
    const left = await surplusCharges(tenantId, receivableId)
    if (left.length > 0) throw new TryAgain('still_payable', delaySeconds)
  }

  /** One that fails must not keep the others open. @returns how long the provider asks to wait */
  async #close(charge: Charge): Promise<number | null> {
    try {
      if (charge.state === 'scheduled') await this.#end(charge)
      // While nobody knows whether it was made, there is nothing to name to the provider.
      else if (charge.state !== 'creating') await this.#withdraw(charge)
      return null
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      logger.warn({ err: describeError(error), chargeId: charge.id }, 'charge not closed yet')
      return error instanceof ProviderBusy ? error.retryAfterSeconds : null
    }
  }

  async #withdraw(charge: Charge): Promise<void> {
    const payments = await new WithdrawCharge().handle(charge)
    if (charge.method === 'link') await this.#end(charge)
    for (const payment of payments) await new SettlePayment().settle(payment)
  }

  /** What the provider does not know as a payment ends here; another state may have come since. */
  #end({ id, tenantId, state }: Charge): Promise<void> {
    return transaction(async (trx) => {
      const row = await Charge.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (row.state === 'creating') return
      if (row.isWaiting || (row.state === 'scheduled' && state === 'scheduled')) {
        row.moveTo('cancelled')
      }
      await row.closeCheckout().save()
    })
  }
}
