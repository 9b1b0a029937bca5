import { instantText } from '#app/core/columns'
import { transaction, type Trx } from '#app/core/transaction'
import type {
  CompleteNotification,
  Notification,
  NotificationHandler,
  Verdict,
} from '#app/core/work/contracts'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { AccountRef, ProviderPayment } from '#app/gateway/provider'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import { raiseException } from '#app/payments/exceptions'
import { askAbout, ignored } from '#app/payments/ask_about'
import { chargeOfPayment } from '#app/payments/queries/charge_of_payment'
import { settleCharge } from '#app/payments/settle_charge'
import { chargeByExternalReference, collectorOfPayment } from '#app/receivables/queries/charges'

type Fetched = { payment: ProviderPayment } | { verdict: Verdict }

const PAYMENT_ID = /^\d{1,20}$/

/** Brings one payment of the provider into the books: charge, receivable, ledger and balance. */
export class SettlePayment implements NotificationHandler {
  /** @throws TryAgain, ProviderError: again later */
  async handle(notification: Notification, complete: CompleteNotification): Promise<boolean> {
    const fetched = await this.#fetch(notification)
    if ('payment' in fetched) await this.settle(fetched.payment, complete)
    else await transaction((trx) => complete(trx, fetched.verdict))
    return true
  }

  /**
   * Applies what the provider answered. All of it in one transaction with `complete`, or nothing.
   * @returns what became of it: `processed`, or why nothing changed
   */
  async settle(
    payment: ProviderPayment,
    complete: CompleteNotification = async () => {}
  ): Promise<Verdict> {
    const reference = payment.externalReference
    const named = reference === null ? null : await chargeByExternalReference(reference)
    const charge = named ?? (await chargeOfPayment(payment.id))
    const account = charge ? null : await accountOfCollector(payment.collectorId)
    return transaction(async (trx) => {
      const verdict = charge
        ? await settleCharge(trx, charge, payment)
        : await this.#listUnknown(trx, payment, account)
      await complete(trx, verdict)
      return verdict
    })
  }

  async #fetch(notification: Notification): Promise<Fetched> {
    const { resourceId, mpUserId } = notification
    if (!PAYMENT_ID.test(resourceId)) return ignored('not_found')
    const collectorId = mpUserId ?? (await collectorOfPayment(resourceId))
    if (collectorId === null) return ignored('unknown_user')
    const account = await accountOfCollector(collectorId)
    if (!account) return { verdict: { state: 'rejected', reason: 'invalid_tenant' } }
    const asked = await askAbout(notification, () => mercadoPago.on(account).payment(resourceId))
    return 'answer' in asked ? { payment: asked.answer } : asked
  }

  /** Money on an account of ours that is no charge's: somebody must say whose it is. */
  async #listUnknown(
    trx: Trx,
    payment: ProviderPayment,
    account: AccountRef | null
  ): Promise<Verdict> {
    const { id, status, amountMinor, currency, externalReference, approvedAt } = payment
    // On a tenant's own account it is the tenant's business.
    if (account?.kind === 'platform' && approvedAt) {
      await raiseException(trx, {
        kind: 'unknown_payment',
        reference: `unknown_payment:${id}`,
        tenantId: null,
        details: {
          ...{ id, status, amountMinor, currency, externalReference, account: account.id },
          approvedAt: instantText(approvedAt),
        },
      })
    }
    return { state: 'ignored', reason: 'unknown_reference' }
  }
}
