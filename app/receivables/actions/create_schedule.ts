import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { checkPayUntil } from '#app/receivables/issue_day'
import type { ChargeMethod } from '#app/receivables/models/charge'
import ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import { chargeableCustomer } from '#app/receivables/queries/chargeable_customer'
import { NoSuchStore } from '#app/receivables/receivable_errors'
import { dueOnAt, payUntilOf, type Rhythm } from '#app/receivables/schedules/due_dates'
import { EndsBeforeItBegins, TotalUnknown } from '#app/receivables/schedules/schedule_errors'
import { placeholdersOf } from '#app/receivables/schedules/schedule_text'

export interface CreateScheduleInput extends Rhythm {
  tenant: Tenant
  customerId: string
  storeId: string
  /** With {n}, {total} and {month}. */
  description: string
  amountMinor: number
  total: number | null
  lastDueOn: string | null
  graceDays: number
  leadDays: number
  methods: ChargeMethod[]
  isMailed: boolean
  actor: Actor
}

/** Agrees that a customer owes the same again and again; the worker makes each in time. */
export class CreateSchedule {
  /** @throws NoSuchCustomer, NoSuchStore, EndsBeforeItBegins, TotalUnknown, PayUntilTooLate */
  async handle({ tenant, actor, ...given }: CreateScheduleInput): Promise<ReceivableSchedule> {
    await this.#check(tenant, given)
    return transaction(async (trx) => {
      const { id: customerId } = await chargeableCustomer(trx, tenant.id, given.customerId)
      const schedule = new ReceivableSchedule().merge({
        ...given,
        ...{ tenantId: tenant.id, customerId },
        currency: tenant.currency,
        ...{ madeCount: 0, skippedCount: 0 },
        createdBy: actor.kind === 'user' ? actor.userId : null,
      })
      await schedule.useTransaction(trx).begin().save()
      await recordAudit(trx, {
        actor,
        action: 'schedule.created',
        subject: { type: 'receivable_schedule', id: schedule.id },
        tenantId: tenant.id,
        details: { amountMinor: given.amountMinor, currency: tenant.currency, total: given.total },
      })
      return schedule
    })
  }

  async #check(tenant: Tenant, given: Omit<CreateScheduleInput, 'tenant' | 'actor'>) {
    const { storeId, lastDueOn, total, graceDays } = given
    const firstDueOn = dueOnAt(given, 0)
    checkPayUntil(firstDueOn, payUntilOf(firstDueOn, graceDays))
    if (lastDueOn !== null && lastDueOn < firstDueOn) {
      throw new EndsBeforeItBegins({}, 'last_due_on')
    }
    if (total === null && placeholdersOf(given.description).includes('total')) {
      throw new TotalUnknown({}, 'description')
    }
    const store = await tenant.related('stores').query().where('id', storeId).first()
    if (!store) throw new NoSuchStore({}, 'store_id')
  }
}
