import { recordAudit } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import { ProviderOutcomeUnknown } from '#app/gateway/provider_errors'
import type { Made } from '#app/receivables/make_charge'
import Charge from '#app/receivables/models/charge'

/** The provider's answer is of another account or currency than was asked. */
class AnswerOfAnotherAccount extends Error {}

/** Writes down that the provider made the charge. */
export class RecordIssue {
  /** @throws ProviderOutcomeUnknown for an answer that cannot be about this charge */
  async handle({ id, tenantId }: Charge, made: Made): Promise<Charge> {
    return transaction(async (trx) => {
      const charge = await Charge.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (!isOf(charge, made)) throw new ProviderOutcomeUnknown(new AnswerOfAnotherAccount())
      // A notification was faster: its news may be newer than this answer.
      if (charge.state !== 'creating') return charge
      await this.#follow(trx, charge, made)
      return charge
    })
  }

  async #follow(trx: Trx, charge: Charge, made: Made) {
    if ('payment' in made) charge.follow(made.payment)
    else charge.openCheckout(made.preference)
    const refusal = charge.state === 'rejected' && 'payment' in made && made.payment.statusDetail
    charge.merge({ failureCode: refusal || null, failureMessage: null })
    await charge.save()
    await recordAudit(trx, {
      actor: { kind: 'worker' },
      action: charge.state === 'rejected' ? 'charge.refused' : 'charge.issued',
      subject: { type: 'charge', id: charge.id },
      tenantId: charge.tenantId,
      details: {
        ...('payment' in made && { providerPaymentId: made.payment.id }),
        ...('preference' in made && { providerPreferenceId: made.preference.id }),
        state: charge.state,
      },
    })
  }
}

function isOf(charge: Charge, made: Made): boolean {
  if ('preference' in made) return made.preference.collectorId === charge.collectorId
  const { collectorId, currency } = made.payment
  return collectorId === charge.collectorId && currency === charge.currency
}
