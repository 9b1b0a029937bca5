import { transaction } from '#app/core/transaction'
import type {
  CompleteNotification,
  Notification,
  NotificationHandler,
  Verdict,
} from '#app/core/work/contracts'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { askAbout } from '#app/payments/ask_about'

const ORDER_ID = /^\d{1,20}$/

/** News of a purchase at the checkout is a hint: the payments that were tried in it are asked for. */
export class SettleOrder implements NotificationHandler {
  /** @throws TryAgain, ProviderError: again later */
  async handle(notification: Notification, complete: CompleteNotification): Promise<boolean> {
    const verdict = await this.#settle(notification)
    await transaction((trx) => complete(trx, verdict))
    return true
  }

  async #settle(notification: Notification): Promise<Verdict> {
    const { resourceId, mpUserId } = notification
    if (!ORDER_ID.test(resourceId)) return { state: 'ignored', reason: 'not_found' }
    // The older form does not say whose it is; news of its payments come beside it.
    if (mpUserId === null) return { state: 'ignored', reason: 'unknown_user' }
    const account = await accountOfCollector(mpUserId)
    if (!account) return { state: 'rejected', reason: 'invalid_tenant' }
    const client = mercadoPago.on(account)
    const asked = await askAbout(notification, async () => {
      const ids = await client.paymentsOfOrder(resourceId)
      return Promise.all(ids.map((id) => client.payment(id)))
    })
    if ('verdict' in asked) return asked.verdict
    const verdicts: Verdict[] = []
    for (const payment of asked.answer) verdicts.push(await new SettlePayment().settle(payment))
    return verdicts.find(({ state }) => state === 'processed') ?? verdicts.at(0) ?? UNTRIED
  }
}

const UNTRIED: Verdict = { state: 'ignored', reason: 'nothing_paid' }
