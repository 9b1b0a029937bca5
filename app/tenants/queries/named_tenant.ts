import Tenant from '#app/tenants/models/tenant'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The tenant that a command names, by its address or its id; null when there is none. */
export const namedTenant = (text: string): Promise<Tenant | null> =>
  Tenant.findBy(UUID.test(text) ? 'id' : 'slug', text)
