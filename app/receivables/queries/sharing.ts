import { appUrl } from '#config/app'
import { mailsAreSent } from '#config/mail'
import { wordsOf } from '#app/core/mail/words'
import type Receivable from '#app/receivables/models/receivable'
import Sending from '#app/receivables/models/sending'
import { addressOf } from '#app/receivables/queries/mail_address'
import { whatsappNumber, whatsappUrl } from '#app/receivables/whatsapp'
import type Tenant from '#app/tenants/models/tenant'

const MOST_SHOWN = 20

/** How a receivable reaches its customer, and what was sent so far, newest first. */
export async function sharingOf(tenant: Tenant, receivable: Receivable) {
  const sendings = await Sending.query()
    .where({ tenant_id: tenant.id, receivable_id: receivable.id })
    .orderBy('id', 'desc')
    .limit(MOST_SHOWN)
  return {
    sendings,
    mailsAreSent,
    address: addressOf(receivable.customer),
    wasSent: sendings.some(({ kind }) => kind === 'receivable'),
    whatsapp: isShared(receivable) ? whatsappLink(tenant, receivable) : null,
  }
}

const isShared = ({ isPayable, state }: Receivable) => isPayable && state !== 'draft'

/** In the customer's language, to the customer where the number is known. */
function whatsappLink(tenant: Tenant, receivable: Receivable): string {
  const { customer, outstandingMinor, currency, publicToken } = receivable
  const { country, timeZone, tradeName } = tenant
  const { t, money, date } = wordsOf({ locale: customer.locale, country, timeZone })
  const text = t('mails.sending.message', {
    name: tradeName,
    what: receivable.description,
    amount: money(outstandingMinor, currency),
    date: date(receivable.dueOn),
    url: `${appUrl}/p/${publicToken}`,
  })
  return whatsappUrl(text, customer.phone ? whatsappNumber(customer.phone, country) : null)
}
