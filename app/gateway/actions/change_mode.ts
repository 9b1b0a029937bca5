import { recordAudit, type Actor } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import {
  CustodyNotConfirmed,
  NoPlatformAccount,
  NoUsableConnection,
} from '#app/gateway/gateway_errors'
import CustodyConfirmation from '#app/gateway/models/custody_confirmation'
import PlatformAccount from '#app/gateway/models/platform_account'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import Tenant, { type TenantMode } from '#app/tenants/models/tenant'

/** Who receives a tenant's new charges. What was issued stays where it was issued. */
export class ChangeMode {
  /** @throws CustodyNotConfirmed; NoPlatformAccount; NoUsableConnection */
  async handle(input: { tenantId: string; mode: TenantMode; actor: Actor }): Promise<void> {
    const { tenantId, mode, actor } = input
    await transaction(async (trx) => {
      const tenant = await Tenant.query({ client: trx })
        .where('id', tenantId)
        .forUpdate()
        .firstOrFail()
      const before = tenant.mode
      if (before === mode) return
      await (mode === 'centralized'
        ? this.#checkPlatform(trx, tenant)
        : this.#checkConnections(trx, tenant))
      await tenant.merge({ mode }).save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.mode_changed',
        subject: { type: 'tenant', id: tenantId },
        tenantId,
        details: { before, after: mode },
      })
    })
  }

  async #checkPlatform(trx: Trx, { country, currency }: Tenant) {
    const own = { client: trx }
    if (!(await CustodyConfirmation.findBy({ country }, own))) throw new CustodyNotConfirmed()
    const account = await PlatformAccount.findBy({ currency, state: 'current' }, own)
    if (!account) throw new NoPlatformAccount({ currency })
  }

  async #checkConnections(trx: Trx, { id }: Tenant) {
    const connections = await TenantGatewayConfig.query({ client: trx }).where('tenant_id', id)
    if (!connections.some(({ maySell }) => maySell)) throw new NoUsableConnection()
  }
}
