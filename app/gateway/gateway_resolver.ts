import Tenant from '#app/tenants/models/tenant'
import {
  ConnectAccountFirst,
  CustodyNotConfirmed,
  NoCredential,
  NoPlatformAccount,
  TenantMayNotSell,
} from './gateway_errors.js'
import CustodyConfirmation from './models/custody_confirmation.js'
import GatewayConfig from './models/gateway_config.js'
import PlatformAccount from './models/platform_account.js'
import type { AccountRef, SaleRoute } from './provider.js'

/** The only place that decides which account takes the money of a new charge. */
export class GatewayResolver {
  /**
   * @throws TenantMayNotSell
   * @throws ConnectAccountFirst
   * @throws CustodyNotConfirmed
   * @throws NoPlatformAccount
   */
  async forSale(sale: { tenantId: string; storeId: string; currency: string }): Promise<SaleRoute> {
    const tenant = await Tenant.query()
      .where('id', sale.tenantId)
      .preload('entitlement')
      .firstOrFail()
    if (!tenant.maySell) throw new TenantMayNotSell()
    // Never a fallback to the platform's account: the money would land with someone else.
    if (tenant.mode === 'connected') throw new ConnectAccountFirst()
    if (!(await CustodyConfirmation.findBy('country', tenant.country))) {
      throw new CustodyNotConfirmed()
    }
    const account = await PlatformAccount.query()
      .where({ currency: sale.currency, state: 'current' })
      .first()
    if (!account) throw new NoPlatformAccount({ currency: sale.currency })
    return {
      account: account.ref,
      mode: 'centralized',
      collectorId: account.collectorId,
      siteId: account.siteId,
      country: account.country,
      currency: account.currency,
      feeRule: { percent: await feePercent(tenant), refundPolicy: 'proportional' },
    }
  }

  /**
   * The account of an old charge, whatever became of it.
   * @throws NoCredential
   */
  async forAccount(ref: AccountRef) {
    const account = await PlatformAccount.find(ref.id)
    if (!account) throw new NoCredential()
    const { collectorId, currency, siteId } = account
    return { ref, collectorId, currency, siteId }
  }
}

async function feePercent(tenant: Tenant): Promise<string> {
  const own = tenant.entitlement?.platformFeePercent
  if (own) return own
  const { platformFeePercent } = await GatewayConfig.current()
  return platformFeePercent
}
