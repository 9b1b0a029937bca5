import { clock } from '#app/core/clock'
import type Membership from '#app/tenants/models/membership'
import type Tenant from '#app/tenants/models/tenant'

/** Whether a member gets a mail with what was paid on each day; today's is the first. */
export class ChooseDigest {
  async handle(input: { tenant: Tenant; membership: Membership; wanted: boolean }): Promise<void> {
    const { tenant, membership, wanted } = input
    if (wanted === Boolean(membership.digestUntil)) return
    const yesterday = clock.now().setZone(tenant.timeZone).minus({ days: 1 }).toISODate()
    await membership.merge({ digestUntil: wanted ? yesterday : null }).save()
  }
}
