import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import Store from '#app/tenants/models/store'
import Tenant from '#app/tenants/models/tenant'

export interface ChooseDefaultStoreInput {
  store: Store
  actor: Actor
}

/** The store that a new receivable belongs to when nobody says otherwise: exactly one. */
export class ChooseDefaultStore {
  async handle({ store, actor }: ChooseDefaultStoreInput): Promise<void> {
    const { id, tenantId } = store
    await transaction(async (trx) => {
      // Two choices at once would leave two default stores, or none.
      await Tenant.query({ client: trx }).where('id', tenantId).forUpdate().firstOrFail()
      const stores = () => Store.query({ client: trx }).where('tenant_id', tenantId)
      await stores().where('is_default', true).update({ isDefault: false })
      await stores().where('id', id).update({ isDefault: true })
      const subject = { type: 'store', id }
      await recordAudit(trx, { actor, action: 'store.made_default', subject, tenantId })
    })
  }
}
