import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import { ConnectionNeedsReauthorization, NoCredential } from './gateway_errors.js'
import { inlineSeconds, isNearItsEnd } from './mechanisms.js'
import PlatformAccount from './models/platform_account.js'
import TenantGatewayConfig from './models/tenant_gateway_config.js'
import type { AccountRef, ConnectionRef, PlatformRef } from './provider.js'
import { renew } from './tokens/renewal.js'
import { openAccessToken, openPlatformToken } from './tokens/sealed_tokens.js'

interface Kept {
  version: number
  token: string
  /** Business time from which it must be looked at again: it ends, or is near its end. */
  freshUntilMs: number
  checkedAtMs: number
}

/** For so long a token replaced by another process may still be used here. */
const TRUST_MS = 30_000
/** A token refused so soon after it was made is not renewed again: the fault lies elsewhere. */
const YOUNG_SECONDS = 60
const NEVER = Number.POSITIVE_INFINITY

/**
 * The one door to tokens, for charges, jobs and commands. Plain ones live in this process's memory
 * and nowhere else.
 */
class TokenKeeper {
  #kept = new Map<string, Kept>()

  /**
   * The account's access token; renews one that is about to end.
   * @throws NoCredential when the account is unknown or its token was destroyed
   * @throws ConnectionNeedsReauthorization when its time is over, or the provider has refused it
   * @throws Undecryptable
   */
  async accessToken(ref: AccountRef): Promise<string> {
    const kept = this.#kept.get(ref.id)
    if (
      kept &&
      performance.now() - kept.checkedAtMs < TRUST_MS &&
      (kept.freshUntilMs === NEVER || clock.now().toMillis() < kept.freshUntilMs)
    ) {
      return kept.token
    }
    return this.#look(ref, kept)
  }

  /**
   * After the provider refused a token (401): another one that is worth a second try. It renews at
   * most once, and marks a token that nothing can be done about.
   * @returns null when there is none
   */
  async replacementFor(ref: AccountRef, refused: string): Promise<string | null> {
    this.forget(ref)
    const stored = await this.accessToken(ref)
    if (stored !== refused) return stored
    if (ref.kind === 'platform') return null
    const connection = (await TenantGatewayConfig.of(ref))!
    const outcome = await this.#renewRefused(connection)
    this.forget(ref)
    if (outcome === 'refused') await this.#markRefused(connection)
    return outcome === 'renewed' || outcome === 'reused' ? this.accessToken(ref) : null
  }

  /** Looks at the row again before the next use. */
  forget(ref: AccountRef): void {
    this.#kept.delete(ref.id)
  }

  #look(ref: AccountRef, kept?: Kept): Promise<string> {
    return ref.kind === 'platform' ? this.#lookAtPlatform(ref, kept) : this.#lookAt(ref, kept)
  }

  async #lookAtPlatform(ref: PlatformRef, kept?: Kept): Promise<string> {
    const account = await PlatformAccount.find(ref.id)
    if (!account?.accessTokenCiphertext) return this.#missing(ref)
    const { tokenVersion: version, accessTokenCiphertext } = account
    const token =
      kept?.version === version ? kept.token : openPlatformToken(account, accessTokenCiphertext)
    return this.#keep(ref, { version, token, freshUntilMs: NEVER })
  }

  async #lookAt(ref: ConnectionRef, kept?: Kept, mayRenew = true): Promise<string> {
    const connection = await TenantGatewayConfig.of(ref)
    if (!connection?.accessTokenCiphertext) return this.#missing(ref)
    if (mayRenew && (await this.#renewEnding(connection))) return this.#lookAt(ref, kept, false)
    if (!connection.hasLiveToken) {
      this.forget(ref)
      throw new ConnectionNeedsReauthorization({ label: connection.label })
    }
    const { tokenVersion: version, accessTokenCiphertext } = connection
    const token =
      kept?.version === version ? kept.token : openAccessToken(connection, accessTokenCiphertext)
    return this.#keep(ref, { version, token, freshUntilMs: freshUntil(connection) })
  }

  /** @returns whether the row is to be read again */
  async #renewEnding(connection: TenantGatewayConfig): Promise<boolean> {
    const { mechanism, tokenExpiresAt, refreshTokenCiphertext } = connection
    if (!tokenExpiresAt || !refreshTokenCiphertext || isPostponed(connection)) return false
    if (!isNearItsEnd(mechanism, tokenExpiresAt, clock.now())) return false
    const outcome = await renew(connection)
    return outcome !== 'failed'
  }

  async #renewRefused(connection: TenantGatewayConfig) {
    const { tokenStoredAt, refreshTokenCiphertext } = connection
    if (!refreshTokenCiphertext) return 'refused' as const
    const isYoung = tokenStoredAt > clock.now().minus({ seconds: YOUNG_SECONDS })
    if (isYoung || isPostponed(connection)) return 'failed' as const
    return renew(connection)
  }

  /** It is not asked with again: the page says so, and its owner was told. */
  #markRefused({ ref, tokenVersion }: TenantGatewayConfig): Promise<void> {
    return transaction(async (trx) => {
      const connection = await TenantGatewayConfig.locked(ref, trx)
      if (connection.tokenVersion !== tokenVersion) return
      await connection.merge({ tokenRefusedAt: clock.now() }).save()
    })
  }

  #keep(ref: AccountRef, kept: Omit<Kept, 'checkedAtMs'>): string {
    this.#kept.set(ref.id, { ...kept, checkedAtMs: performance.now() })
    return kept.token
  }

  #missing(ref: AccountRef): never {
    this.forget(ref)
    throw new NoCredential()
  }
}

/** The last try failed, and the next one is the schedule's. */
const isPostponed = ({ refreshAttempts, refreshAt }: TenantGatewayConfig): boolean =>
  refreshAttempts > 0 && refreshAt !== null && refreshAt > clock.now()

function freshUntil({ mechanism, tokenExpiresAt }: TenantGatewayConfig): number {
  if (!tokenExpiresAt) return NEVER
  const now = clock.now()
  // One that could not be renewed serves to its end, and is tried again with each look.
  return isNearItsEnd(mechanism, tokenExpiresAt, now)
    ? Math.min(tokenExpiresAt.toMillis(), now.toMillis() + TRUST_MS)
    : tokenExpiresAt.minus({ seconds: inlineSeconds(mechanism) }).toMillis()
}

export const tokenKeeper = new TokenKeeper()
