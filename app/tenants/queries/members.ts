import Membership from '#app/tenants/models/membership'

/** Who works in a tenant, by name, users and stores loaded. */
export const membersOf = (tenantId: string): Promise<Membership[]> =>
  Membership.query()
    .select('memberships.*')
    .join('users', 'users.id', 'memberships.user_id')
    .where('memberships.tenant_id', tenantId)
    .orderBy('users.full_name')
    .preload('user')
    .preload('stores', (stores) => stores.orderBy('name'))
