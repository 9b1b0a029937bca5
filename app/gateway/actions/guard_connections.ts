import logger from '@adonisjs/core/services/logger'
import { inLanes } from '#app/core/lanes'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { describeError } from '#app/core/redaction'
import { CheckConnection } from '#app/gateway/actions/check_connection'
import { TellOfConnection } from '#app/gateway/actions/tell_of_connection'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { causeOf, isNews, whereHealth } from '#app/gateway/queries/connection_health'

const AT_ONCE = 5
const BATCH = 100
/** Less than a day, so that an hourly run keeps its hour. */
const EVERY = { hours: 23, minutes: 30 }

/**
 * Proves each connection by a real call once a day, and tells of those that end or have ended
 * before a customer finds out. One's failure hides no other.
 */
export class GuardConnections {
  async handle(): Promise<void> {
    for (let after = ''; ;) {
      const batch = await due(after)
      await inLanes(batch, AT_ONCE, (connection) =>
        this.#without(connection, () => new CheckConnection().handle(connection))
      )
      if (batch.length < BATCH) break
      after = batch[BATCH - 1].id
    }
    for (const connection of await untold()) {
      await this.#without(connection, () =>
        new TellOfConnection().handle({ connectionId: connection.id }, connection)
      )
    }
  }

  async #without({ id }: TenantGatewayConfig, work: () => Promise<unknown>) {
    try {
      await work()
    } catch (error) {
      logger.warn({ err: describeError(error), connectionId: id }, 'a connection was not checked')
    }
  }
}

const due = (after: string): Promise<TenantGatewayConfig[]> => {
  // tenant: the guardian watches over the connections of all
  const query = TenantGatewayConfig.query()
    .whereNotNull('access_token_ciphertext')
    .whereNull('token_refused_at')
    .where('token_expires_at', '>', instantText(clock.now()))
    .where((stale) => {
      stale
        .whereNull('checked_at')
        .orWhere('checked_at', '<', instantText(clock.now().minus(EVERY)))
    })
    .orderBy('id')
    .limit(BATCH)
  return (after ? query.where('id', '>', after) : query).exec()
}

/** Of those that end or have ended, the ones that say more than what was told. */
async function untold(): Promise<TenantGatewayConfig[]> {
  // tenant: the guardian watches over the connections of all
  const ending = await whereHealth(TenantGatewayConfig.query(), 'ending')
  // tenant: the same
  const broken = await whereHealth(TenantGatewayConfig.query(), 'broken').where((news) => {
    news.whereNull('told').orWhereNot('told', 'broken')
  })
  return [...ending, ...broken].filter((connection) => {
    const cause = causeOf(connection)
    return cause !== null && isNews(cause, connection.told)
  })
}
