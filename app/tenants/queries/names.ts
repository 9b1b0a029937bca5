import Tenant from '#app/tenants/models/tenant'

/** Trade names by tenant. */
export async function namesOf(tenantIds: string[]): Promise<Map<string, string>> {
  const rows = await Tenant.query().whereIn('id', tenantIds).select('id', 'trade_name')
  return new Map(rows.map(({ id, tradeName }) => [id, tradeName]))
}
