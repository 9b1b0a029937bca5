import logger from '@adonisjs/core/services/logger'
import type { DateTime } from 'luxon'
import { describeError } from '#app/core/redaction'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { GatewayAccount } from '#app/gateway/queries/accounts'
import type { PaymentNews } from '#app/gateway/provider'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { inLanes } from '#app/core/lanes'
import Payment from '#app/payments/models/payment'

const PAGE = 100
const AT_ONCE = 8

interface SearchInput {
  account: GatewayAccount
  updatedFrom: DateTime
  updatedTo: DateTime
  /** How many payments to settle at most. */
  limit?: number
  dryRun?: boolean
  onNews?: (payment: PaymentNews, outcome: 'found' | 'failed') => void
}

/** Finds what the provider knows of an account and we do not, whatever became of its news. */
export class SearchAccount {
  /**
   * @returns how many payments had news, and how many of these could not be settled
   * @throws ProviderError, NoCredential
   */
  async handle(input: SearchInput): Promise<{ found: number; failed: number }> {
    const report = { found: 0, failed: 0 }
    for await (const page of this.#pages(input)) {
      const news = await this.#newsOf(page, input.account.collectorId)
      const wanted = news.slice(0, (input.limit ?? Number.POSITIVE_INFINITY) - report.found)
      await inLanes(wanted, AT_ONCE, async (payment) => {
        const isFound = input.dryRun || (await this.#settle(input.account, payment))
        if (!isFound) report.failed++
        input.onNews?.(payment, isFound ? 'found' : 'failed')
      })
      report.found += wanted.length
      if (report.found === input.limit) break
    }
    return report
  }

  /**
   * By date of change, each page from where the last one ended: an offset would skip payments, as
   * those that change meanwhile leave their place.
   */
  async *#pages({ account, updatedFrom, updatedTo }: SearchInput) {
    const client = mercadoPago.on(account.ref)
    for (let from = updatedFrom, offset = 0; ;) {
      const search = { updatedFrom: from, updatedTo, limit: PAGE, offset }
      const payments = await client.changedPayments(search)
      yield payments
      const last = payments.at(-1)
      if (!last || payments.length < PAGE) return
      offset = last.updatedAt > from ? 0 : offset + payments.length
      from = last.updatedAt
    }
  }

  /** Those of the account that we have not seen, or not as they are now. */
  async #newsOf(page: PaymentNews[], collectorId: string): Promise<PaymentNews[]> {
    const ids = page.map(({ id }) => id)
    // tenant: found by the provider's id, which is unique without it
    const known = await Payment.query().whereIn('provider_payment_id', ids)
    const updatedAt = new Map(
      known.map((payment) => [payment.providerPaymentId, payment.providerUpdatedAt.toMillis()])
    )
    return page.filter(
      (payment) =>
        (payment.collectorId ?? collectorId) === collectorId &&
        (updatedAt.get(payment.id) ?? 0) < payment.updatedAt.toMillis()
    )
  }

  /**
   * A search may lag behind or leave things out: what counts is the payment itself.
   * @returns false when it failed: it is tried again tomorrow, and keeps no other from being found
   */
  async #settle(account: GatewayAccount, { id }: PaymentNews): Promise<boolean> {
    try {
      await new SettlePayment().settle(await mercadoPago.on(account.ref).payment(id))
      return true
    } catch (error) {
      logger.error({ err: describeError(error), payment: id }, 'found payment not settled')
      return false
    }
  }
}
