import { recordAudit, type Actor } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import { DecisionNotPossible, ExceptionNotFound } from '#app/payments/exception_errors'
import { closeSurplus } from '#app/payments/close_surplus'
import type ExceptionCase from '#app/payments/models/exception_case'
import type { ExceptionDecision } from '#app/payments/models/exception_case'
import { lockedException, type ExceptionOwner } from '#app/payments/queries/exceptions'
import Receivable from '#app/receivables/models/receivable'

interface ResolveInput {
  owner: ExceptionOwner
  exceptionId: string
  /** Linking is an action of its own. */
  decision: Exclude<ExceptionDecision, 'linked'>
  userId: string
  actor: Actor
}

/** Takes what was paid as it is, with or without its rest. The ledger holds it already. */
export class ResolveException {
  /** @throws ExceptionNotFound, ExceptionResolved, DecisionNotPossible */
  handle(input: ResolveInput): Promise<ExceptionCase> {
    return transaction((trx) => this.#resolve(trx, input))
  }

  async #resolve(trx: Trx, { owner, exceptionId, decision, userId, actor }: ResolveInput) {
    const exception = await lockedException(trx, owner, exceptionId)
    if (!exception) throw new ExceptionNotFound()
    const receivable = await this.#receivableOf(trx, exception)
    await exception.resolve(decision, userId, receivable).save()
    const waivedMinor = decision === 'waived' ? await this.#waive(trx, receivable) : 0
    await recordAudit(trx, {
      actor,
      action: `exception.${decision}`,
      subject: { type: 'exception', id: exception.id },
      tenantId: exception.tenantId,
      details: {
        kind: exception.kind,
        ...(receivable && { receivableId: receivable.id }),
        ...(waivedMinor > 0 && { waivedMinor }),
      },
    })
    return exception
  }

  /** Locked: a payment that comes meanwhile sees what was waived, or this sees the payment. */
  async #receivableOf(trx: Trx, { tenantId, receivableId }: ExceptionCase) {
    if (!tenantId || !receivableId) return null
    return Receivable.query({ client: trx })
      .where({ tenant_id: tenantId, id: receivableId })
      .forUpdate()
      .firstOrFail()
  }

  /** What was offered for the rest is closed. */
  async #waive(trx: Trx, receivable: Receivable | null): Promise<number> {
    if (!receivable) throw new DecisionNotPossible()
    const { outstandingMinor } = receivable
    await receivable.waiveRest().save()
    await closeSurplus(trx, receivable)
    return outstandingMinor
  }
}
