import Tenant from '#app/tenants/models/tenant'
import {
  ConnectAccountFirst,
  ConnectionCurrencyDiffers,
  ConnectionDisconnected,
  ConnectionNeedsReauthorization,
  CustodyNotConfirmed,
  NoCredential,
  NoPlatformAccount,
  TenantMayNotSell,
} from './gateway_errors.js'
import CustodyConfirmation from './models/custody_confirmation.js'
import GatewayConfig from './models/gateway_config.js'
import PlatformAccount from './models/platform_account.js'
import type { AccountRef, SaleRoute } from './provider.js'
import { findAccount, type GatewayAccount } from './queries/accounts.js'
import { connectionOfStore } from './queries/connection_of_store.js'

interface Sale {
  tenantId: string
  storeId: string
  currency: string
}

/** The only place that decides which account takes the money of a new charge. */
export class GatewayResolver {
  /**
   * @throws TenantMayNotSell
   * @throws ConnectAccountFirst; ConnectionDisconnected; ConnectionNeedsReauthorization;
   * ConnectionCurrencyDiffers, where the tenant has accounts of its own
   * @throws CustodyNotConfirmed; NoPlatformAccount, where the platform receives
   */
  async forSale(sale: Sale): Promise<SaleRoute> {
    const tenant = await Tenant.query()
      .where('id', sale.tenantId)
      .preload('entitlement')
      .firstOrFail()
    if (!tenant.maySell) throw new TenantMayNotSell()
    const account = await this.accountFor(tenant, sale)
    const { ref, collectorId, siteId, country, currency } = account
    return {
      account: ref,
      mode: tenant.mode,
      ...{ collectorId, siteId, country, currency },
      feeRule: { percent: await feePercent(tenant), refundPolicy: 'proportional' },
    }
  }

  /**
   * The account that a sale would come to, whether the tenant may sell already or not.
   * @throws the same errors, but TenantMayNotSell
   */
  accountFor(tenant: Tenant, sale: Sale): Promise<GatewayAccount> {
    // Never a fallback to the platform's account: the money would land with someone else.
    return tenant.mode === 'connected' ? ownAccount(sale) : platformAccount(tenant, sale)
  }

  /**
   * The account of an old charge, whatever became of it.
   * @throws NoCredential
   */
  async forAccount(ref: AccountRef) {
    const account = await findAccount(ref)
    if (!account) throw new NoCredential()
    const { collectorId, currency, siteId } = account
    return { ref, collectorId, currency, siteId }
  }
}

async function platformAccount(tenant: Tenant, { currency }: Sale): Promise<GatewayAccount> {
  if (!(await CustodyConfirmation.findBy('country', tenant.country))) {
    throw new CustodyNotConfirmed()
  }
  const account = await PlatformAccount.query().where({ currency, state: 'current' }).first()
  if (!account) throw new NoPlatformAccount({ currency })
  return account
}

/** The store's own connection, else the tenant's default one. */
async function ownAccount(sale: Sale): Promise<GatewayAccount> {
  const connection = await connectionOfStore(sale)
  if (!connection) throw new ConnectAccountFirst()
  const { label, currency } = connection
  if (connection.isLeaving) throw new ConnectionDisconnected({ label })
  if (!connection.maySell) throw new ConnectionNeedsReauthorization({ label })
  if (currency !== sale.currency) throw new ConnectionCurrencyDiffers({ label, currency })
  return connection
}

async function feePercent(tenant: Tenant): Promise<string> {
  const own = tenant.entitlement?.platformFeePercent
  if (own) return own
  const { platformFeePercent } = await GatewayConfig.current()
  return platformFeePercent
}
