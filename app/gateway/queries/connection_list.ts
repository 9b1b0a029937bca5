import TenantGatewayConfig, {
  type ConnectionState,
} from '#app/gateway/models/tenant_gateway_config'
import {
  daysLeft,
  healthOf,
  healths,
  whereHealth,
  type Health,
} from '#app/gateway/queries/connection_health'
import Tenant from '#app/tenants/models/tenant'

const PAGE_SIZE = 30

interface ListInput {
  state?: ConnectionState
  health?: Health
  /** Of these tenants, or this user of the provider's. */
  found?: { tenantIds: string[]; mpUserId: string }
  /** The last row of the page before. */
  after?: string
}

/** What the page shows, named one by one, so that no sealed column reaches it. */
const shown = (connection: TenantGatewayConfig, tenant: Tenant) => {
  const { id, label, nickname, mpUserId, isTest, state, tokenExpiresAt } = connection
  const { checkedAt, lastSuccessAt, lastFailureAt, lastFailure } = connection
  return {
    ...{ id, label, nickname, mpUserId, isTest, state, tokenExpiresAt },
    ...{ checkedAt, lastSuccessAt, lastFailureAt, lastFailure },
    business: { id: tenant.id, name: tenant.tradeName },
    health: healthOf(connection),
    daysLeft: daysLeft(connection),
    mayRefresh: connection.refreshTokenCiphertext !== null,
  }
}

export type ListedConnection = ReturnType<typeof shown>

/** The connections of all tenants, the newest first. */
export async function connectionList({ state, health, found, after }: ListInput) {
  // tenant: a list of the platform's admin
  const query = TenantGatewayConfig.query()
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (state) query.where('state', state)
  if (health) whereHealth(query, health)
  if (found) {
    query.where((either) => {
      either.whereIn('tenant_id', found.tenantIds).orWhere('mp_user_id', found.mpUserId)
    })
  }
  if (after) query.where('id', '<', after)
  const rows = await query
  const page = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? page[PAGE_SIZE - 1] : null
  return { connections: await withTenants(page), next: last?.id ?? null }
}

async function withTenants(connections: TenantGatewayConfig[]): Promise<ListedConnection[]> {
  const tenantIds = new Set(connections.map(({ tenantId }) => tenantId))
  const tenants = await Tenant.query().whereIn('id', [...tenantIds])
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]))
  return connections.map((connection) => shown(connection, byId.get(connection.tenantId)!))
}

/** How many of all tenants there are of each health. */
export async function healthCounts(): Promise<Record<Health, number>> {
  const counts = await Promise.all(
    healths.map(async (health) => {
      // tenant: counted over all of them
      const [{ $extras }] = await whereHealth(TenantGatewayConfig.query(), health).count(
        '* as total'
      )
      return [health, Number($extras.total)] as const
    })
  )
  return Object.fromEntries(counts) as Record<Health, number>
}

/** One, for the platform's admin; null when there is none. */
export const connectionById = (id: string): Promise<TenantGatewayConfig | null> =>
  // tenant: the admin's page names none
  TenantGatewayConfig.query().where('id', id).first()
