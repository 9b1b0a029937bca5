import { clock } from '#app/core/clock'
import { DomainError } from '#app/core/errors'
import { isUniqueViolation } from '#app/core/transaction'
import type { EffectHandler } from '#app/core/work/contracts'
import { IssueCharges } from '#app/receivables/actions/issue_charges'
import { SendReceivable } from '#app/receivables/actions/send_receivable'
import { offeredPayUntil } from '#app/receivables/issue_day'
import ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import ScheduleOccurrence from '#app/receivables/models/schedule_occurrence'
import Tenant from '#app/tenants/models/tenant'

const worker = { kind: 'worker' } as const

/**
 * Offers what a schedule made with its ways of paying, and sends it. Run twice it offers nothing
 * twice: a way that is active is left alone, and the mail has a reference of its own.
 */
export class OfferScheduled implements EffectHandler<{ occurrenceId: string }> {
  async handle(
    { occurrenceId: id }: { occurrenceId: string },
    effect: { tenantId: string | null }
  ) {
    const occurrence = await ScheduleOccurrence.query()
      .where('tenant_id', effect.tenantId!)
      .where('id', id)
      .preload('receivable', (receivable) => receivable.preload('customer'))
      .firstOrFail()
    if (!occurrence.receivable.isOpen) return
    const problem = await this.#offer(occurrence)
    if (!problem) return
    const { key, params } = problem
    await occurrence.merge({ problem: { key, params } }).save()
  }

  /** @returns what a member should know of */
  async #offer({ id, tenantId, receivable, receivableScheduleId }: ScheduleOccurrence) {
    const tenant = await Tenant.findOrFail(tenantId)
    const { methods, isMailed } = await ReceivableSchedule.query()
      .where({ tenant_id: tenantId, id: receivableScheduleId })
      .firstOrFail()
    const payUntil = offeredPayUntil(receivable.payUntil, clock.today(tenant.timeZone))
    try {
      const input = { tenant, receivable, methods, payUntil, actor: worker }
      const { failed } = await new IssueCharges().handle(input)
      if (isMailed) {
        await new SendReceivable().handle({
          receivable,
          actor: worker,
          reference: `schedule:${id}`,
        })
      }
      return failed.at(0)?.error
    } catch (error) {
      if (error instanceof DomainError) return error
      // Sent by an earlier run that was cut off.
      if (isUniqueViolation(error, 'sendings')) return undefined
      throw error
    }
  }
}
