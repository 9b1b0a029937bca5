import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import type { Brand } from '#app/core/mail/brand'
import { wordsOf, type Words } from '#app/core/mail/words'
import Charge from '#app/receivables/models/charge'
import type Customer from '#app/receivables/models/customer'
import Receivable from '#app/receivables/models/receivable'
import { addressOf } from '#app/receivables/queries/mail_address'
import { partiesOf, type Parties } from '#app/receivables/queries/parties'
import type Tenant from '#app/tenants/models/tenant'
import { brandOf } from '#app/tenants/queries/brand'

/** How a receivable can be paid at this moment. */
export interface WaysNow {
  /** Somebody could pay it now. */
  canBePaid: boolean
  /** A payment is under way: it may be approved any time. */
  isBeingPaid: boolean
  boletoLine: string | null
  /** When nothing can be paid yet and a boleto is to be issued. */
  scheduledFor: DateTime | null
}

/** All that a mail about a receivable is written from. */
export interface MailSubject {
  words: Words
  brand: Brand
  parties: Parties
  receivable: Receivable
  customer: Customer
  tenant: Tenant
  outstandingMinor: number
  ways: WaysNow
  address: string
}

/** As it is right now; null when there is nobody to write to. */
export async function mailSubject(
  tenantId: string,
  receivableId: string
): Promise<MailSubject | null> {
  const receivable = await Receivable.query()
    .where({ tenant_id: tenantId, id: receivableId })
    .preload('tenant')
    .preload('customer')
    .firstOrFail()
  const { tenant, customer, outstandingMinor } = receivable
  const address = addressOf(customer)
  if (!address) return null
  const charges = await Charge.query()
    .where({ tenant_id: tenantId, receivable_id: receivableId })
    .orderBy('id', 'desc')
  const { country, timeZone } = tenant
  return {
    words: wordsOf({ locale: customer.locale, country, timeZone }),
    brand: await brandOf(tenant),
    parties: await partiesOf(tenant, customer, charges.at(0)?.mode),
    ...{ receivable, customer, tenant, outstandingMinor, address },
    ways: waysNow(charges.filter((charge) => !receivable.isSurplus(charge))),
  }
}

/** What the charges of one receivable offer now. */
export function waysNow(charges: Charge[]): WaysNow {
  const payable = charges.filter(({ state, expiresAt }) => {
    return state === 'pending' && expiresAt > clock.now()
  })
  const scheduled = charges.find(({ state }) => state === 'scheduled')
  return {
    canBePaid: payable.length > 0,
    isBeingPaid: charges.some(({ state }) => state === 'in_process' || state === 'authorized'),
    boletoLine: payable.find(({ method }) => method === 'boleto')?.digitableLine ?? null,
    scheduledFor: payable.length === 0 ? (scheduled?.nextAttemptAt ?? null) : null,
  }
}
