import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { describeError } from '#app/core/redaction'
import { transaction, type Trx } from '#app/core/transaction'
import { ledger } from '#app/ledger/ledger'
import Holdback from '#app/payments/models/holdback'
import Payment from '#app/payments/models/payment'

const PAGE = 100

export interface FreedReport {
  freed: number
  failed: number
}

/**
 * Gives tenants what was held back of their payments, on its day. Killed anywhere it is continued by
 * the next run; two at once share the work.
 */
export class FreeHoldbacks {
  async handle(): Promise<FreedReport> {
    const report = { freed: 0, failed: 0 }
    for (let after = ''; ;) {
      const page = await this.#due(after)
      for (const holdback of page) await this.#try(holdback, report)
      if (page.length < PAGE) return report
      after = page[page.length - 1].id
    }
  }

  #due(after: string): Promise<Holdback[]> {
    // tenant: all of them are due
    const query = Holdback.query()
      .whereNull('freed_at')
      .where('free_at', '<=', instantText(clock.now()))
      .orderBy('id')
      .limit(PAGE)
    if (after) query.where('id', '>', after)
    return query.exec()
  }

  /** One that fails stops no other. */
  async #try(holdback: Holdback, report: FreedReport): Promise<void> {
    try {
      if (await transaction((trx) => this.#free(trx, holdback))) report.freed++
    } catch (error) {
      report.failed++
      logger.error({ err: describeError(error), holdbackId: holdback.id }, 'holdback not freed')
    }
  }

  /** The payment's row is the lock: news of it changes what is held. @returns false: freed already */
  async #free(trx: Trx, { id, tenantId, paymentId }: Holdback): Promise<boolean> {
    const payment = await Payment.query({ client: trx })
      .where({ tenant_id: tenantId, id: paymentId })
      .forUpdate()
      .firstOrFail()
    const holdback = await Holdback.query({ client: trx })
      .where({ tenant_id: tenantId, id })
      .whereNull('freed_at')
      .first()
    if (!holdback) return false
    const { heldMinor } = holdback
    const freedAt = clock.now()
    await holdback.merge({ freedAt, heldMinor: 0 }).useTransaction(trx).save()
    if (heldMinor === 0) return true
    const reference = `payment:${payment.providerPaymentId}:holdback_freed`
    const isNew = await ledger.post(trx, {
      reference,
      kind: 'holdback_freed',
      tenantId,
      currency: holdback.currency,
      occurredAt: freedAt,
      paymentId,
      entries: [
        { account: 'tenant:reserved', amountMinor: heldMinor },
        { account: 'tenant:available', amountMinor: -heldMinor },
      ],
    })
    if (!isNew) throw new Error(`${reference} is booked, but not with its holdback`)
    return true
  }
}
