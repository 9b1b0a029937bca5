import { recordAudit, type Actor } from '#app/core/audit'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import { StoreNameTaken } from '#app/tenants/errors'
import Store from '#app/tenants/models/store'

export interface CreateStoreInput {
  tenantId: string
  name: string
  actor: Actor
}

/** A further store of a tenant. */
export class CreateStore {
  /** @throws StoreNameTaken at `name` */
  async handle({ tenantId, name, actor }: CreateStoreInput): Promise<Store> {
    try {
      return await transaction(async (trx) => {
        const store = await Store.create({ tenantId, name, isDefault: false }, { client: trx })
        const subject = { type: 'store', id: store.id }
        const details = { name }
        await recordAudit(trx, { actor, action: 'store.created', subject, tenantId, details })
        return store
      })
    } catch (error) {
      if (isUniqueViolation(error, 'name')) throw new StoreNameTaken({}, 'name')
      throw error
    }
  }
}
