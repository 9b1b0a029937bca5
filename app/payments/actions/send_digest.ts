import type { EffectHandler } from '#app/core/work/contracts'
import { clock } from '#app/core/clock'
import { wordsOf } from '#app/core/mail/words'
import { DigestMail } from '#app/payments/mails/digest_mail'
import { listOfDay, totalsOfDay } from '#app/payments/queries/payments_of_day'
import { DeliverMail, type Composed } from '#app/receivables/actions/deliver_mail'
import type { QueuedMail } from '#app/receivables/actions/queue_mail'
import type Sending from '#app/receivables/models/sending'
import { digestReader } from '#app/tenants/queries/digest_readers'

/** Older news is no news: the page shows it. */
const TIMELY = { days: 3 }

/** The effect of a day's end. */
export class SendDigest implements EffectHandler<QueuedMail> {
  async handle({ tenantId, sendingId: id }: QueuedMail) {
    await new DeliverMail().handle({ tenantId, id }, (sending) => this.#compose(sending))
  }

  async #compose({ id, tenantId, details, queuedAt }: Sending): Promise<Composed> {
    const { membershipId, day } = details as { membershipId: string; day: string }
    if (queuedAt < clock.now().minus(TIMELY)) return { skip: 'late' }
    const reader = await digestReader(tenantId, membershipId)
    if (!reader) return { skip: 'not_wanted' }
    const { user, tenant } = reader
    const { country, timeZone } = tenant
    const totals = await totalsOfDay(tenant, day)
    if (totals.length === 0) return { skip: 'ended' }
    const words = wordsOf({ locale: user.locale, country, timeZone })
    const payments = await listOfDay(tenant, day)
    const about = { words, tenant, address: user.email, day, totals, payments }
    return { mail: new DigestMail(id, about) }
  }
}
