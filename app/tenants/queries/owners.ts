import type { Trx } from '#app/core/transaction'
import Membership from '#app/tenants/models/membership'

/** The owners of a tenant who may log in, users loaded. */
export const ownersOf = (tenantId: string, trx?: Trx): Promise<Membership[]> =>
  Membership.query({ client: trx })
    .where('tenant_id', tenantId)
    .where('role', 'owner')
    .whereHas('user', (user) => user.whereNull('disabled_at'))
    .preload('user')
    .orderBy('id')
    .exec()
