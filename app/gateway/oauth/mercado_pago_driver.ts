import type { AllyUserContract, Oauth2AccessToken, Oauth2DriverConfig } from '@adonisjs/ally/types'
import { Oauth2Driver, type RedirectRequest } from '@adonisjs/ally'
import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import mercadopago from '#config/mercadopago'
import { application } from '#app/gateway/adapter/oauth_calls'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { ProviderRefused, ProviderUnreadable } from '#app/gateway/provider_errors'
import { readGrant, type Grant } from '#app/gateway/tokens/grant'
import { exchangeError } from './exchange_error.js'

/** The only address that consent is answered to; registered with the application as it is. */
export const callbackUrl = `${appUrl}/tenant/gateway/callback`

interface Token extends Oauth2AccessToken {
  user_id?: unknown
  public_key?: unknown
  scope?: unknown
  live_mode?: unknown
}

/** Until when the exchange of a code must have been answered. */
class ExchangeTimedOut extends Error {}

/**
 * Consent at Mercado Pago and the exchange of its code. Stateless: what binds the answer to who
 * asked is an attempt's row, which actions write and use up, and no cookie.
 */
export class MercadoPagoDriver extends Oauth2Driver<Token, string> {
  protected authorizeUrl = `${mercadopago.authUrl}/authorization`
  protected accessTokenUrl = `${mercadopago.apiUrl}/oauth/token`
  protected stateCookieName = ''
  protected stateParamName = 'state'
  protected errorParamName = 'error'
  protected codeParamName = 'code'
  protected scopeParamName = 'scope'
  protected scopesSeparator = ' '

  constructor(ctx: HttpContext, config: Oauth2DriverConfig) {
    super(ctx, config)
    this.stateless()
  }

  /** Where the owner is asked for consent. */
  consentUrl({ state, verifier }: { state: string; verifier: string }): Promise<string> {
    return this.redirectUrl((request) => {
      request.param('state', state)
      request.param('code_challenge', this.makeCodeChallenge(verifier))
      request.param('code_challenge_method', 'S256')
    })
  }

  /**
   * The tokens for the code of this request.
   * @throws ProviderError
   */
  async grant(verifier: string): Promise<Grant> {
    const problem = this.getError()
    if (problem !== null) throw new ProviderRefused(400, 'no_code', '')
    try {
      return await withinTime(this.#exchange(verifier))
    } catch (error) {
      throw await exchangeError(error)
    }
  }

  accessDenied(): boolean {
    return this.getError() === 'access_denied'
  }

  async user(): Promise<AllyUserContract<Token>> {
    const token = await this.accessToken()
    return { ...(await this.#profileOf(token.token)), token }
  }

  async userFromToken(token: string) {
    return { ...(await this.#profileOf(token)), token: { token, type: 'bearer' as const } }
  }

  protected configureRedirectRequest(request: RedirectRequest<string>): void {
    request.param('response_type', 'code')
    request.param('platform_id', 'mp')
  }

  protected configureAccessTokenRequest(request: { sendAs(type: 'json'): unknown }): void {
    request.sendAs('json')
  }

  async #exchange(verifier: string): Promise<Grant> {
    const token = await this.accessToken((request) => request.field('code_verifier', verifier))
    const { token: accessToken, expiresIn, refreshToken } = token
    try {
      return readGrant({
        ...token,
        ...{ access_token: accessToken, expires_in: expiresIn, refresh_token: refreshToken },
      })
    } catch (error) {
      throw new ProviderUnreadable(error)
    }
  }

  async #profileOf(token: string) {
    const { collectorId: id, nickname, maskedEmail, ...original } = await mercadoPago.whoIs(token)
    const emailVerificationState = 'unsupported' as const
    return {
      id,
      nickName: nickname,
      name: nickname,
      email: maskedEmail,
      avatarUrl: null,
      emailVerificationState,
      original,
    }
  }
}

/** For `config/ally.ts`: the application as the environment names it. */
export const mercadoPagoProvider = (ctx: HttpContext): MercadoPagoDriver =>
  new MercadoPagoDriver(ctx, { ...application(), callbackUrl })

async function withinTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ExchangeTimedOut()), mercadopago.timeoutMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
