import Membership from '#app/tenants/models/membership'

/** A user's membership in the tenant with this slug, its tenant loaded; null when there is none. */
export const membershipIn = (slug: string, userId: string): Promise<Membership | null> =>
  // tenant: this read is what decides whether the user may enter it.
  Membership.query()
    .where('user_id', userId)
    .whereHas('tenant', (tenants) => tenants.where('slug', slug))
    .preload('tenant')
    .first()

/** The tenants that a user may switch to, by name, loaded. */
export const membershipsOf = (userId: string, { limit = 200 } = {}): Promise<Membership[]> =>
  // tenant: those of one user, whichever they are.
  Membership.query()
    .select('memberships.*')
    .join('tenants', 'tenants.id', 'memberships.tenant_id')
    .where('memberships.user_id', userId)
    .orderBy('tenants.trade_name')
    .limit(limit)
    .preload('tenant')
