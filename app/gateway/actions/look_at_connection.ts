import { transaction } from '#app/core/transaction'
import {
  TryAgain,
  type CompleteNotification,
  type Notification,
  type NotificationHandler,
  type Verdict,
} from '#app/core/work/contracts'
import { CheckConnection } from '#app/gateway/actions/check_connection'
import { PROVIDER } from '#app/gateway/models/platform_account'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'

/**
 * News that a seller joined or left (`mp-connect`). It is not believed: the account is asked, with
 * the token that we hold. The seller is named by the resource or by the user, as the provider likes.
 */
export class LookAtConnection implements NotificationHandler {
  /** @throws TryAgain: again later */
  async handle(notification: Notification, complete: CompleteNotification): Promise<boolean> {
    const verdict = await this.#look(notification)
    await transaction((trx) => complete(trx, verdict))
    return true
  }

  async #look({ resourceId, mpUserId }: Notification): Promise<Verdict> {
    // tenant: a notification names none
    const connections = await TenantGatewayConfig.query()
      .where('provider', PROVIDER)
      .whereIn('mp_user_id', [resourceId, ...(mpUserId ? [mpUserId] : [])])
      .whereNot('state', 'disconnected')
      .orderBy('id')
    // One that is being connected right now, or a seller who left us long ago.
    if (connections.length === 0) return { state: 'ignored', reason: 'unknown_user' }
    for (const connection of connections) {
      if (!connection.hasLiveToken) continue
      const outcome = await new CheckConnection().handle(connection)
      if (outcome === 'not_answered') throw new TryAgain('provider_busy')
    }
    return { state: 'processed', tenantId: connections[0].tenantId }
  }
}
