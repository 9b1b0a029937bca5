import GatewayRate from '#app/gateway/models/gateway_rate'
import type { GatewayAccount } from '#app/gateway/queries/accounts'
import type { ChargeMethod } from '#app/gateway/sites'

interface AccountRate {
  account: GatewayAccount
  method: ChargeMethod
  /** Of the amount, fee and withheld taxes together: "4.99". */
  percent: string
  fixedMinor: number
  daysToRelease: number
}

/** Keeps what an account's own payments cost: estimates are made from it instead of the site's. */
export class SaveAccountRate {
  async handle({ account, method, ...rate }: AccountRate): Promise<GatewayRate> {
    const key = { accountId: account.id, method }
    return GatewayRate.updateOrCreate(key, { siteId: account.siteId, ...rate })
  }
}
