import type { Actor } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import { RefreshAccountMethods } from '#app/gateway/actions/refresh_account_methods'
import { connectAccount, type Connected } from '#app/gateway/connect_account'
import { openChoice } from '#app/gateway/connection_choice'
import ConnectionAttempt, { fingerprint } from '#app/gateway/models/connection_attempt'
import StoreGateway from '#app/gateway/models/store_gateway'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { mayConnect } from '#app/gateway/queries/connection_rights'

interface ChooseInput {
  tenantId: string
  attemptId: string
  userId: string
  sessionId: string
  /** Uses the account that came back wherever the former one was used; else nothing changes. */
  use: boolean
  actor: Actor
}

/** The owner's answer to: this is not the account of before. */
export class ChooseAccount {
  /** @returns the attempt as it ended; null where there is none to answer */
  async handle(input: ChooseInput): Promise<ConnectionAttempt | null> {
    const { attempt, connected } = await transaction((trx) => this.#choose(trx, input))
    if (connected) await new RefreshAccountMethods().refresh(connected.connection)
    return attempt
  }

  async #choose(trx: Trx, { tenantId, attemptId, userId, sessionId, use, actor }: ChooseInput) {
    const attempt = await ConnectionAttempt.query({ client: trx })
      .where({ tenant_id: tenantId, id: attemptId, user_id: userId })
      .where('session_hash', fingerprint(sessionId))
      .forUpdate()
      .first()
    if (attempt?.state !== 'to_choose') return { attempt, connected: null }
    if (!(await mayConnect(attempt, trx))) {
      return { attempt: await attempt.end('refused', 'not_owner').save() }
    }
    if (attempt.isOver) return { attempt: await attempt.end('expired', 'expired').save() }
    if (!use) return { attempt: await attempt.end('refused', 'not_chosen').save() }

    const formerId = attempt.connectionId!
    const { label } = attempt
    const outcome = await connectAccount(trx, {
      ...openChoice(attempt),
      ...{ tenantId, label, userId, actor },
    })
    if ('reason' in outcome) {
      return { attempt: await attempt.end('refused', outcome.reason).save() }
    }
    await this.#takeOver(trx, tenantId, formerId, outcome)
    attempt.connectionId = outcome.connection.id
    return { attempt: await attempt.end('completed').save(), connected: outcome }
  }

  /** New charges only: what was issued stays with the account that it was issued on. */
  async #takeOver(trx: Trx, tenantId: string, formerId: string, { connection }: Connected) {
    await StoreGateway.query({ client: trx })
      .where({ tenant_id: tenantId, connection_id: formerId })
      .update({ connection_id: connection.id })
    const former = await TenantGatewayConfig.locked({ tenantId, id: formerId }, trx)
    if (!former.isDefault) return
    await former.merge({ isDefault: false }).save()
    await connection.merge({ isDefault: true }).useTransaction(trx).save()
  }
}
