import { isUniqueViolation } from '#app/core/transaction'
import type Customer from '#app/receivables/models/customer'
import ReminderStop from '#app/receivables/models/reminder_stop'

/** Whether a customer is reminded: the customer's own wish, by the link of a mail. */
export class StopReminders {
  async handle({ tenantId, id: customerId }: Customer): Promise<void> {
    try {
      await ReminderStop.create({ tenantId, customerId })
    } catch (error) {
      // A second click.
      if (!isUniqueViolation(error)) throw error
    }
  }
}

export class ResumeReminders {
  async handle({ tenantId, id: customerId }: Customer): Promise<void> {
    await ReminderStop.query().where({ tenant_id: tenantId, customer_id: customerId }).delete()
  }
}
