import type { Trx } from '#app/core/transaction'
import Membership from '#app/tenants/models/membership'

/** Whether a user may, at this moment, connect accounts of the tenant: an owner of it. */
export async function mayConnect(
  { tenantId, userId }: { tenantId: string; userId: string },
  trx?: Trx
): Promise<boolean> {
  const membership = await Membership.query({ client: trx })
    .where({ tenant_id: tenantId, user_id: userId })
    .first()
  return membership?.role === 'owner'
}
