import { recordAudit, type Actor } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import { ConnectionLeaving, ConnectionNeedsReauthorization } from '#app/gateway/gateway_errors'
import StoreGateway from '#app/gateway/models/store_gateway'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import Store from '#app/tenants/models/store'

interface ChoiceInput {
  tenantId: string
  storeId: string
  /** Null: the tenant's default one, whichever that is. */
  connectionId: string | null
  /** What the store is called at the provider. */
  mpStoreId: string | null
  actor: Actor
}

/** Which account a store's new charges go to. */
export class ChooseStoreConnection {
  /**
   * @throws E_ROW_NOT_FOUND, also for another tenant's store or connection
   * @throws ConnectionLeaving; ConnectionNeedsReauthorization
   */
  async handle(input: ChoiceInput): Promise<void> {
    const { tenantId, storeId, connectionId, mpStoreId, actor } = input
    await transaction(async (trx) => {
      await Store.query({ client: trx })
        .where({ tenant_id: tenantId, id: storeId })
        .forUpdate()
        .firstOrFail()
      const found = await StoreGateway.query({ client: trx })
        .where({ tenant_id: tenantId, store_id: storeId })
        .first()
      const choice = found ?? new StoreGateway().merge({ tenantId, storeId, connectionId: null })
      const before = choice.connectionId
      if (connectionId !== null && connectionId !== before) {
        await this.#check(trx, tenantId, connectionId)
      }
      await choice.useTransaction(trx).merge({ connectionId, mpStoreId }).save()
      await recordAudit(trx, {
        actor,
        action: 'store.connection_chosen',
        subject: { type: 'store', id: storeId },
        tenantId,
        details: { before, after: connectionId, mpStoreId },
      })
    })
  }

  async #check(trx: Trx, tenantId: string, id: string) {
    const connection = await TenantGatewayConfig.locked({ tenantId, id }, trx)
    const { label } = connection
    if (connection.isLeaving) throw new ConnectionLeaving({ label }, 'connection')
    if (!connection.maySell) throw new ConnectionNeedsReauthorization({ label }, 'connection')
  }
}
