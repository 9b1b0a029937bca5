import GatewayConfig from '#app/gateway/models/gateway_config'
import { provisioningSteps } from '#app/admin/queries/provisioning'
import { payoutOverview } from '#app/payouts/queries/payout_overview'
import { currentDestination } from '#app/payouts/queries/destinations'
import Membership from '#app/tenants/models/membership'
import Tenant from '#app/tenants/models/tenant'

/** A tenant as the platform sees it; null when there is none. */
export async function tenantPage(id: string) {
  const tenant = await Tenant.query().where('id', id).preload('entitlement').first()
  if (!tenant) return null
  const owners = await Membership.query()
    .where('tenant_id', tenant.id)
    .where('role', 'owner')
    .preload('user')
    .orderBy('id')
  const { standing, hindrance } = await payoutOverview(tenant.id)
  const destination = await currentDestination(tenant.id)
  const steps = await provisioningSteps({ tenant, owners, destination })
  const fee = await defaultFee()
  return { tenant, owners, standing, hindrance, destination, steps, defaultFee: fee }
}

/** What the platform keeps of a tenant without a fee of its own: "1.00". */
export async function defaultFee(): Promise<string> {
  const { platformFeePercent } = await GatewayConfig.current()
  return platformFeePercent
}
