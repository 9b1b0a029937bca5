import { recordAudit, type Actor } from '#app/core/audit'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import { StoreNameTaken } from '#app/tenants/errors'
import type Store from '#app/tenants/models/store'

export interface RenameStoreInput {
  store: Store
  name: string
  actor: Actor
}

export class RenameStore {
  /** @throws StoreNameTaken at `name` */
  async handle({ store, name, actor }: RenameStoreInput): Promise<Store> {
    const before = store.name
    try {
      return await transaction(async (trx) => {
        await store.useTransaction(trx).merge({ name }).save()
        await recordAudit(trx, {
          actor,
          action: 'store.renamed',
          subject: { type: 'store', id: store.id },
          tenantId: store.tenantId,
          details: { before, after: name },
        })
        return store
      })
    } catch (error) {
      if (isUniqueViolation(error, 'name')) throw new StoreNameTaken({}, 'name')
      throw error
    }
  }
}
