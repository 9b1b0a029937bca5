import { recordAudit } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import type { ProviderPayment } from '#app/gateway/provider'
import { ProviderOutcomeUnknown } from '#app/gateway/provider_errors'
import Charge from '#app/receivables/models/charge'

/** The provider's answer is of another account or currency than was asked. */
class AnswerOfAnotherAccount extends Error {}

/** Writes down that the provider made the charge. */
export class RecordIssue {
  /** @throws ProviderOutcomeUnknown for an answer that cannot be about this charge */
  async handle({ id, tenantId }: Charge, payment: ProviderPayment): Promise<Charge> {
    return transaction(async (trx) => {
      const charge = await Charge.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (payment.collectorId !== charge.collectorId || payment.currency !== charge.currency) {
        throw new ProviderOutcomeUnknown(new AnswerOfAnotherAccount())
      }
      // A notification was faster: its news may be newer than this answer.
      if (charge.state !== 'creating') return charge
      await this.#follow(trx, charge, payment)
      return charge
    })
  }

  async #follow(trx: Trx, charge: Charge, payment: ProviderPayment) {
    charge.follow(payment)
    const isRefused = charge.state === 'rejected'
    charge.merge({ failureCode: isRefused ? payment.statusDetail : null, failureMessage: null })
    await charge.save()
    await recordAudit(trx, {
      actor: { kind: 'worker' },
      action: isRefused ? 'charge.refused' : 'charge.issued',
      subject: { type: 'charge', id: charge.id },
      tenantId: charge.tenantId,
      details: { providerPaymentId: payment.id, state: charge.state },
    })
  }
}
