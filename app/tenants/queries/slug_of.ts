import Tenant from '#app/tenants/models/tenant'

/** @throws E_ROW_NOT_FOUND */
export async function slugOf(tenantId: string): Promise<string> {
  const { slug } = await Tenant.query().where('id', tenantId).select('slug').firstOrFail()
  return slug
}
