import { mailsAreSent } from '#config/mail'
import { transaction, type Trx } from '#app/core/transaction'
import type { EffectHandler } from '#app/core/work/contracts'
import { addEffects } from '#app/core/work/outbox'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { causeOf, isNews } from '#app/gateway/queries/connection_health'
import User from '#app/identity/models/user'
import { ownersOf } from '#app/tenants/queries/owners'

/** What the effect of a mail about a connection is told. */
export interface ConnectionMailEffect extends Record<string, unknown> {
  connectionId: string
  userId: string
  cause: string
  /** With other tokens since then, there is nothing to be told any more. */
  tokenVersion: number
}

/** Tells the tenant's owners and the platform's admins of a connection, once for each cause. */
export class TellOfConnection implements EffectHandler<{ connectionId: string }> {
  async handle({ connectionId }: { connectionId: string }, effect: { tenantId: string | null }) {
    const ref = { tenantId: effect.tenantId!, id: connectionId }
    await transaction(async (trx) => {
      const connection = await TenantGatewayConfig.locked(ref, trx)
      const cause = causeOf(connection)
      if (!cause || !isNews(cause, connection.told)) return
      await connection.merge({ told: cause }).save()
      if (mailsAreSent) await this.#queue(trx, connection, cause)
    })
  }

  async #queue(trx: Trx, { id, tenantId, tokenVersion }: TenantGatewayConfig, cause: string) {
    const owners = await ownersOf(tenantId, trx)
    const admins = await User.query({ client: trx })
      .where('is_platform_admin', true)
      .whereNull('disabled_at')
    const readers = new Set([...owners.map(({ userId }) => userId), ...admins.map((one) => one.id)])
    const effects = [...readers].map((userId) => {
      const payload: ConnectionMailEffect = { connectionId: id, userId, cause, tokenVersion }
      return { tenantId, effect: 'mails.connection', payload }
    })
    await addEffects(trx, effects)
  }
}
