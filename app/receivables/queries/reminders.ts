import { signedUrlFor } from '@adonisjs/core/services/url_builder'
import { appUrl } from '#config/app'
import Customer from '#app/receivables/models/customer'
import ReminderSetting from '#app/receivables/models/reminder_setting'
import ReminderStop from '#app/receivables/models/reminder_stop'

/** What a tenant that has chosen nothing is offered: off, three days before, on the day, five after. */
const usual = { isOn: false, days: [-3, 0, 5], hour: 9 }

export interface ReminderChoice {
  isOn: boolean
  days: number[]
  hour: number
}

export async function reminderChoice(tenantId: string): Promise<ReminderChoice> {
  const setting = await ReminderSetting.query().where('tenant_id', tenantId).first()
  return setting ?? usual
}

/** Since when the customer wants no reminders; null: it does. */
export const reminderStop = (tenantId: string, customerId: string): Promise<ReminderStop | null> =>
  ReminderStop.query().where({ tenant_id: tenantId, customer_id: customerId }).first()

export const STOP_PURPOSE = 'reminders.stop'

/** Where a customer ends a tenant's reminders, without a login: nobody can make up the signature. */
export const stopUrl = ({ id, locale }: Customer): string =>
  signedUrlFor(
    'reminder_stops.show',
    { id },
    { qs: { lang: locale }, purpose: STOP_PURPOSE, prefixUrl: appUrl }
  )

/** The customer of a signed link, or the one that it was merged into. */
export async function customerToStop(id: string): Promise<Customer | null> {
  // tenant: the signature says that the link is ours, and the customer whose it is
  const customer = await Customer.query().where('id', id).first()
  if (!customer?.mergedIntoId) return customer
  const { tenantId, mergedIntoId } = customer
  return Customer.query().where({ tenant_id: tenantId, id: mergedIntoId }).first()
}
