import mail from '@adonisjs/mail/services/main'
import { mailFailure } from '#app/core/mail/smtp_outcome'
import { wordsOf } from '#app/core/mail/words'
import { TryAgain, type EffectHandler } from '#app/core/work/contracts'
import { DestinationMail } from '#app/payouts/mails/destination_mail'
import PayoutDestination from '#app/payouts/models/payout_destination'
import { ownersOf } from '#app/tenants/queries/owners'
import Tenant from '#app/tenants/models/tenant'

interface ChangedDestination {
  tenantId: string
  destinationId: string
  membershipId: string
}

/** A mail server did not take a mail; the message holds no address. */
class MailNotTaken extends Error {}

/** The effect of a changed destination, once for each owner. */
export class SendDestinationMail implements EffectHandler<ChangedDestination> {
  /** @throws TryAgain, MailNotTaken: again later, under the same Message-ID */
  async handle(
    { tenantId, destinationId, membershipId }: ChangedDestination,
    { id }: { id: string }
  ) {
    const owners = await ownersOf(tenantId)
    const owner = owners.find((member) => member.id === membershipId)
    if (!owner) return
    const tenant = await Tenant.findOrFail(tenantId)
    const destination = await PayoutDestination.query()
      .where('tenant_id', tenantId)
      .where('id', destinationId)
      .firstOrFail()
    const { country, timeZone } = tenant
    const words = wordsOf({ locale: owner.user.locale, country, timeZone })
    const about = { words, tenant, address: owner.user.email, destination }
    const letter = new DestinationMail(id, about)
    await letter.build()
    try {
      await mail.send(letter)
    } catch (error) {
      const { kind, answer } = mailFailure(error)
      // Nobody has this address any more: trying again helps nobody.
      if (kind === 'refused') return
      throw kind === 'later' ? new TryAgain(answer) : new MailNotTaken(answer)
    }
  }
}
