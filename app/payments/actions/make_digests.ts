import { mailsAreSent } from '#config/mail'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import { totalsOfDay } from '#app/payments/queries/payments_of_day'
import { QueueMail } from '#app/receivables/actions/queue_mail'
import Membership from '#app/tenants/models/membership'
import { digestReaders } from '#app/tenants/queries/digest_readers'

const PAGE = 200
/** Where the tenant lives: late enough for what is told of after midnight. */
const HOUR = 7
/** While no worker ran; older days are on the page. */
const MISSED_AT_MOST_DAYS = 3

/** Queues each member's digests of the days that are over; none for a day without payments. */
export class MakeDigests {
  async handle(): Promise<void> {
    if (!mailsAreSent) return
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const page = await digestReaders(after, PAGE)
      for (const reader of page) await this.#ofReader(reader)
      if (page.length < PAGE) return
      after = page[page.length - 1].id
    }
  }

  async #ofReader(reader: Membership) {
    for (const day of daysToTell(reader)) {
      const totals = await totalsOfDay(reader.tenant, day)
      await this.#tell(reader, day, totals.length > 0)
    }
  }

  /** The day goes on under the row's lock: of two workers the later one finds it told. */
  async #tell({ tenantId, id, user }: Membership, day: string, hasPayments: boolean) {
    await transaction(async (trx) => {
      const [moved] = await Membership.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .where('digest_until', '<', day)
        .update({ digest_until: day })
      if (Number(moved) === 0 || !hasPayments) return
      await new QueueMail().handle(trx, {
        ...{ tenantId, kind: 'digest', address: user.email },
        reference: `digest:${id}:${day}`,
        details: { membershipId: id, day },
      })
    })
  }
}

/** The days that are over and not told of yet, the oldest first. */
function daysToTell({ digestUntil, tenant }: Membership): string[] {
  const now = clock.now().setZone(tenant.timeZone)
  const yesterday = now.startOf('day').minus({ days: now.hour < HOUR ? 2 : 1 })
  const days = Array.from({ length: MISSED_AT_MOST_DAYS }, (_, back) => {
    return yesterday.minus({ days: MISSED_AT_MOST_DAYS - 1 - back }).toISODate()!
  })
  return days.filter((day) => day > digestUntil!)
}
