import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import StoreGateway from '#app/gateway/models/store_gateway'

/** The connection that a store chose, else the tenant's default; null where there is none. */
export async function connectionOfStore({
  tenantId,
  storeId,
}: {
  tenantId: string
  /** "" for the tenant as a whole. */
  storeId: string
}): Promise<TenantGatewayConfig | null> {
  const choice = storeId
    ? await StoreGateway.query().where({ tenant_id: tenantId, store_id: storeId }).first()
    : null
  const wanted = choice?.connectionId ? { id: choice.connectionId } : { is_default: true }
  return TenantGatewayConfig.query()
    .where({ tenant_id: tenantId, ...wanted })
    .first()
}
