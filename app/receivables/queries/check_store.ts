import { NoSuchStore } from '#app/receivables/receivable_errors'
import type Tenant from '#app/tenants/models/tenant'

interface StoreChoice {
  tenant: Tenant
  storeId: string
  /** The stores that the member may use; null is every store of the tenant. */
  storeIds: string[] | null
}

/** @throws NoSuchStore for one that is not the tenant's, or not one of the member's */
export async function checkStore({ tenant, storeId, storeIds }: StoreChoice): Promise<void> {
  const mayUse = storeIds === null || storeIds.includes(storeId)
  const store = mayUse && (await tenant.related('stores').query().where('id', storeId).first())
  if (!store) throw new NoSuchStore({}, 'store_id')
}
