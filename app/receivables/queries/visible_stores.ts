import type Membership from '#app/tenants/models/membership'
import Store from '#app/tenants/models/store'

/** The stores whose receivables a member sees: a cashier's own, else all; by name. */
export async function visibleStores(membership: Membership): Promise<Store[]> {
  const stores = Store.query().where('stores.tenant_id', membership.tenantId).orderBy('name')
  if (membership.role !== 'cashier') return stores
  return stores.whereIn('id', (own) =>
    own
      .from('membership_stores')
      .where({ tenant_id: membership.tenantId, membership_id: membership.id })
      .select('store_id')
  )
}

/** Their ids; null stands for every store of the tenant. */
export async function visibleStoreIds(membership: Membership): Promise<string[] | null> {
  if (membership.role !== 'cashier') return null
  const stores = await visibleStores(membership)
  return stores.map(({ id }) => id)
}
