import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { DomainError } from '#app/core/errors'
import { isUniqueViolation } from '#app/core/transaction'
import type { EffectHandler } from '#app/core/work/contracts'
import { IssueCharges } from '#app/receivables/actions/issue_charges'
import { SendReceivable } from '#app/receivables/actions/send_receivable'
import { replaceProblems } from '#app/receivables/imports/import_rows'
import type { ReceivablesOptions } from '#app/receivables/imports/receivables_import'
import { offeredPayUntil } from '#app/receivables/issue_day'
import Receivable from '#app/receivables/models/receivable'
import { findImport } from '#app/receivables/queries/imports'
import Tenant from '#app/tenants/models/tenant'

const worker = { kind: 'worker' } as const

interface Payload {
  receivableId: string
  runId: string
  /** Where it stood in the file. */
  line: number
}

/**
 * Offers what a file brought in with the ways that were chosen for all of it. Run twice it offers
 * nothing twice. What cannot be offered is kept with its line, and waits as a draft.
 */
export class OfferImported implements EffectHandler<Payload> {
  async handle({ receivableId, runId, line }: Payload, effect: { tenantId: string | null }) {
    const tenantId = effect.tenantId!
    const receivable = await Receivable.query()
      .where({ tenant_id: tenantId, id: receivableId })
      .preload('customer')
      .first()
    const run = await findImport(tenantId, runId)
    // Deleted as a draft, paid or cancelled before its turn came.
    if (!run || !receivable?.isOpen) return
    const errors = await this.#offer(receivable, run.options as ReceivablesOptions)
    const problems = errors.map(({ key, params }) => ({ column: null, rule: key, params }))
    await replaceProblems(db.connection(), run, { line, problems })
  }

  /** @returns what a member should know of */
  async #offer(receivable: Receivable, { methods = [], mail }: ReceivablesOptions) {
    const tenant = await Tenant.findOrFail(receivable.tenantId)
    const payUntil = offeredPayUntil(receivable.payUntil, clock.today(tenant.timeZone))
    try {
      const input = { tenant, receivable, methods, payUntil, actor: worker }
      const { failed } = await new IssueCharges().handle(input)
      const reference = `import:${receivable.id}`
      if (mail) await new SendReceivable().handle({ receivable, actor: worker, reference })
      return failed.map(({ error }) => error)
    } catch (error) {
      if (error instanceof DomainError) return [error]
      // Sent by an earlier run that was cut off.
      if (isUniqueViolation(error, 'sendings')) return []
      throw error
    }
  }
}
