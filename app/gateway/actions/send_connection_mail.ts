import mail from '@adonisjs/mail/services/main'
import { mailFailure } from '#app/core/mail/smtp_outcome'
import { wordsOf } from '#app/core/mail/words'
import { TryAgain, type EffectHandler } from '#app/core/work/contracts'
import type { ConnectionMailEffect } from '#app/gateway/actions/tell_of_connection'
import { ConnectionLetter } from '#app/gateway/mails/connection_mail'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { causeOf } from '#app/gateway/queries/connection_health'
import User from '#app/identity/models/user'
import Tenant from '#app/tenants/models/tenant'
import { ownersOf } from '#app/tenants/queries/owners'

/** A mail server did not take a mail; the message holds no address. */
class MailNotTaken extends Error {}

/** The effect of a connection that ends: one mail to one reader, unless it was mended meanwhile. */
export class SendConnectionMail implements EffectHandler<ConnectionMailEffect> {
  /** @throws TryAgain, MailNotTaken: again later, under the same Message-ID */
  async handle(
    { connectionId, userId, cause, tokenVersion }: ConnectionMailEffect,
    { id, tenantId }: { id: string; tenantId: string | null }
  ) {
    const tenant = await Tenant.findOrFail(tenantId)
    const ref = { tenantId: tenant.id, id: connectionId }
    const connection = (await TenantGatewayConfig.of(ref))!
    if (connection.tokenVersion !== tokenVersion || causeOf(connection) === null) return
    const reader = await User.findOrFail(userId)
    const owners = await ownersOf(tenant.id)
    const isOwner = owners.some((owner) => owner.userId === userId)
    if (!reader.isActive || !(isOwner || reader.isPlatformAdmin)) return
    const { country, timeZone } = tenant
    const words = wordsOf({ locale: reader.locale, country, timeZone })
    const about = { words, tenant, reader, connection, cause, isOwner }
    const letter = new ConnectionLetter(id, about)
    await letter.build()
    await this.#send(letter)
  }

  async #send(letter: ConnectionLetter) {
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
