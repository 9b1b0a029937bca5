import { recordAudit, type Actor } from '#app/core/audit'
import { isUniqueViolation, transaction, type Trx } from '#app/core/transaction'
import PayoutRule from '#app/payouts/models/payout_rule'

interface SaveRulesInput {
  currency: string
  coolingHours: number
  minimumMinor: number
  /** Null: one person is enough. */
  secondPersonAboveMinor: number | null
  actor: Actor
}

/** The platform's rules for payouts of a currency. A new destination keeps the wait that it began. */
export class SaveRules {
  async handle(input: SaveRulesInput): Promise<void> {
    try {
      await transaction((trx) => this.#save(trx, input))
    } catch (error) {
      // Two admins saved the first rules of a currency at once: the slower one changes them.
      if (!isUniqueViolation(error, 'currency')) throw error
      await transaction((trx) => this.#save(trx, input))
    }
  }

  async #save(trx: Trx, { actor, currency, ...values }: SaveRulesInput) {
    const rule = await PayoutRule.of(currency, trx)
    const { coolingHours, minimumMinor, secondPersonAboveMinor } = rule
    await rule.merge(values).useTransaction(trx).save()
    await recordAudit(trx, {
      actor,
      action: 'payout_rules.changed',
      subject: { type: 'payout_rules', id: rule.id },
      details: {
        currency,
        before: { coolingHours, minimumMinor, secondPersonAboveMinor },
        after: values,
      },
    })
  }
}
