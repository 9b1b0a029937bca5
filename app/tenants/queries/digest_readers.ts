import Membership from '#app/tenants/models/membership'

// tenant: of one or of all, as the callers below say
const wanted = () =>
  Membership.query()
    .whereNotNull('memberships.digest_until')
    .whereNot('memberships.role', 'cashier')
    .whereHas('user', (user) => user.whereNull('disabled_at'))
    .preload('user')
    .preload('tenant')

/** Who gets a daily digest, user and tenant loaded; the next page begins after an id. */
export const digestReaders = (after: string, limit: number): Promise<Membership[]> =>
  wanted().where('memberships.id', '>', after).orderBy('memberships.id').limit(limit).exec()

/** One of them; null for a member that wants no digest any more. */
export const digestReader = (tenantId: string, id: string): Promise<Membership | null> =>
  wanted().where('memberships.tenant_id', tenantId).where('memberships.id', id).first()
