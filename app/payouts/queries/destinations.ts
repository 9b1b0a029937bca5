import PayoutDestination from '#app/payouts/models/payout_destination'

const HISTORY = 10

/** Where a tenant's money goes now; null before the first destination. */
export const currentDestination = (tenantId: string): Promise<PayoutDestination | null> =>
  PayoutDestination.query().where('tenant_id', tenantId).where('state', 'current').first()

/** The last destinations that were replaced, the latest first. */
export const replacedDestinations = (tenantId: string): Promise<PayoutDestination[]> =>
  PayoutDestination.query()
    .where('tenant_id', tenantId)
    .where('state', 'replaced')
    .orderBy('id', 'desc')
    .limit(HISTORY)
