import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import type Tenant from '#app/tenants/models/tenant'
import TenantLogo from '#app/tenants/models/tenant_logo'

/** Takes the picture away; mails that name it then show the name alone. */
export class RemoveLogo {
  async handle({ tenant, actor }: { tenant: Tenant; actor: Actor }): Promise<void> {
    await transaction(async (trx) => {
      await TenantLogo.query({ client: trx }).where('tenant_id', tenant.id).delete()
      await recordAudit(trx, {
        actor,
        action: 'tenant.logo_removed',
        subject: { type: 'tenant', id: tenant.id },
        tenantId: tenant.id,
      })
    })
  }
}
