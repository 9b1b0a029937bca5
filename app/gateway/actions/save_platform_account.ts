import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { RefreshAccountMethods } from '#app/gateway/actions/refresh_account_methods'
import { TokenNotAccepted, TokenNotChecked, UnknownSite } from '#app/gateway/gateway_errors'
import { mercadoPago, type ProviderUser } from '#app/gateway/mercado_pago'
import PlatformAccount, { PROVIDER } from '#app/gateway/models/platform_account'
import { ProviderCredentialRefused, ProviderError } from '#app/gateway/provider_errors'
import { sites } from '#app/gateway/sites'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { putPlatformToken } from '#app/gateway/tokens/sealed_tokens'

/**
 * Keeps a token of the platform, once Mercado Pago has said whose it is. The same collector's token
 * replaces the one that is there; another collector's is a new account, and the old one retires.
 */
export class SavePlatformAccount {
  /**
   * @throws TokenNotAccepted
   * @throws TokenNotChecked
   * @throws UnknownSite
   */
  async handle({ token, actor }: { token: string; actor: Actor }): Promise<PlatformAccount> {
    const user = await this.#whoIs(token)
    if (!Object.hasOwn(sites, user.siteId)) throw new UnknownSite({}, 'token')
    const account = await transaction((trx) => this.#save(trx, { token, user, actor }))
    tokenKeeper.forget(account.ref)
    await new RefreshAccountMethods().refresh(account)
    return account
  }

  async #whoIs(token: string): Promise<ProviderUser> {
    try {
      return await mercadoPago.whoIs(token)
    } catch (error) {
      if (error instanceof ProviderCredentialRefused) throw new TokenNotAccepted({}, 'token')
      if (error instanceof ProviderError) throw new TokenNotChecked({}, 'token')
      throw error
    }
  }

  async #save(
    trx: Trx,
    { token, user, actor }: { token: string; user: ProviderUser; actor: Actor }
  ) {
    const { country, currency } = sites[user.siteId]
    const known = await PlatformAccount.query({ client: trx })
      .where({ provider: PROVIDER, collector_id: user.collectorId })
      .forUpdate()
      .first()
    const retired = await this.#retireOthers(trx, currency, user.collectorId)
    const account = known ?? new PlatformAccount().merge({ id: newId(), provider: PROVIDER })
    const { siteId, nickname, isTest, collectorId } = user
    account.useTransaction(trx).merge({ siteId, nickname, isTest, collectorId, country, currency })
    account.merge({ state: 'current', retiredAt: null, verifiedAt: clock.now() })
    putPlatformToken(account, token)
    await account.save()
    await recordAudit(trx, {
      actor,
      action: known ? 'platform_account.token_replaced' : 'platform_account.added',
      subject: { type: 'platform_account', id: account.id },
      details: { collectorId: user.collectorId, currency, retired },
    })
    return account
  }

  /** At most one account of a currency takes new money. */
  async #retireOthers(trx: Trx, currency: string, collectorId: string): Promise<string[]> {
    const others = await PlatformAccount.query({ client: trx })
      .where({ currency, state: 'current' })
      .whereNot('collector_id', collectorId)
      .forUpdate()
    for (const other of others) {
      await other.merge({ state: 'retired', retiredAt: clock.now() }).save()
    }
    return others.map((other) => other.id)
  }
}
