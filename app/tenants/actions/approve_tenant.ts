import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { TenantNotPending } from '#app/tenants/errors'
import Tenant from '#app/tenants/models/tenant'

interface ApproveInput {
  tenantId: string
  actor: Actor
}

/** A tenant that waited may charge from now on. */
export class ApproveTenant {
  /** @throws TenantNotPending, E_ROW_NOT_FOUND */
  handle({ tenantId, actor }: ApproveInput): Promise<Tenant> {
    return transaction(async (trx) => {
      const tenant = await Tenant.query({ client: trx })
        .where('id', tenantId)
        .forUpdate()
        .firstOrFail()
      if (tenant.state !== 'pending') throw new TenantNotPending()
      await tenant.moveTo('active').save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.approved',
        subject: { type: 'tenant', id: tenantId },
        tenantId,
        details: { before: 'pending', after: 'active' },
      })
      return tenant
    })
  }
}
