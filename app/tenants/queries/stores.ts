import Store from '#app/tenants/models/store'

/** A tenant's stores, the default one first, then by name. */
export const storesOf = (tenantId: string): Promise<Store[]> =>
  Store.query().where('tenant_id', tenantId).orderBy('is_default', 'desc').orderBy('name')

/** @throws E_ROW_NOT_FOUND, also for another tenant's store. */
export const storeOf = (tenantId: string, id: string): Promise<Store> =>
  Store.query().where('tenant_id', tenantId).where('id', id).firstOrFail()
