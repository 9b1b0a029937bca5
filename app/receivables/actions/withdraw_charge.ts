import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { ProviderPayment } from '#app/gateway/provider'
import { ProviderRefused } from '#app/gateway/provider_errors'
import { chargeStateOf, isWaiting } from '#app/receivables/charge_states'
import { paymentsByReference } from '#app/receivables/queries/payments_by_reference'
import type Charge from '#app/receivables/models/charge'

/** Takes a charge back at the provider. Doing it twice is harmless: a lost answer is asked again. */
export class WithdrawCharge {
  /**
   * @returns the payments that it has at the provider, as they are afterwards: one of them may have
   * been paid before it could be stopped. None for a link that nobody tried.
   * @throws ProviderError, NoCredential: it may still be payable
   */
  async handle(charge: Charge): Promise<ProviderPayment[]> {
    if (charge.method === 'link') return this.#withdrawLink(charge)
    return charge.providerPaymentId === null
      ? []
      : [await this.#cancel(charge, charge.providerPaymentId)]
  }

  /**
   * First the door, then who is already inside: a voucher that was made in the checkout stays
   * payable when the checkout closes. All links of the reference, should there be a surplus one.
   */
  async #withdrawLink(charge: Charge): Promise<ProviderPayment[]> {
    const { account, externalReference } = charge
    const checkout = mercadoPago.checkoutOn(account)
    const now = clock.now()
    for (const { id, closesAt } of await checkout.find(externalReference)) {
      if (closesAt === null || closesAt > now) await checkout.close(id, now)
    }
    const attempts = await paymentsByReference(charge)
    return Promise.all(
      attempts.map((payment) => {
        const state = chargeStateOf(payment)
        return state && isWaiting(state) ? this.#cancel(charge, payment.id) : payment
      })
    )
  }

  /** A refusal means that something was decided already: what, the payment itself says. */
  async #cancel({ account }: Charge, id: string): Promise<ProviderPayment> {
    const client = mercadoPago.on(account)
    try {
      return await client.cancelPayment(id, newId())
    } catch (error) {
      if (error instanceof ProviderRefused) return client.payment(id)
      throw error
    }
  }
}
