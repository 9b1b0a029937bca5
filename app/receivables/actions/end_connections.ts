import { clock } from '#app/core/clock'
import { EndConnection } from '#app/gateway/actions/end_connection'
import { leavingConnections } from '#app/gateway/queries/connections'
import { countOpenCharges } from '#app/receivables/queries/open_charges'

/** So long a connection that was disconnected waits for its charges. */
const WAIT = { days: 30 }

/**
 * For the schedule: a connection that is being disconnected loses its tokens when the last charge
 * on it can no longer be paid, or after thirty days.
 */
export class EndConnections {
  async handle(): Promise<void> {
    for (const { tenantId, id, disconnectingAt } of await leavingConnections()) {
      const isOver = disconnectingAt! <= clock.now().minus(WAIT)
      const isIdle = (await countOpenCharges({ tenantId, connectionId: id })) === 0
      if (!isOver && !isIdle) continue
      const reason = isIdle ? 'nothing_open' : 'time_over'
      await new EndConnection().handle({ tenantId, id, reason, actor: { kind: 'worker' } })
    }
  }
}
