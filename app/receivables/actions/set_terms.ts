import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import Receivable from '#app/receivables/models/receivable'
import { TermsFixed } from '#app/receivables/receivable_errors'
import type { Terms } from '#app/receivables/terms'

/** What a late payer pays more, and an early one less: fixed once something was offered. */
export class SetTerms {
  /** @throws TermsFixed */
  async handle({
    receivable,
    terms,
    actor,
  }: {
    receivable: Receivable
    terms: Terms
    actor: Actor
  }): Promise<Receivable> {
    const { tenantId, id } = receivable
    return transaction(async (trx) => {
      const row = await Receivable.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (row.state !== 'draft') throw new TermsFixed()
      row.merge(terms)
      if (!row.$isDirty) return row
      await row.save()
      await recordAudit(trx, {
        actor,
        action: 'receivable.terms_set',
        subject: { type: 'receivable', id },
        tenantId,
        details: { ...terms },
      })
      return row
    })
  }
}
