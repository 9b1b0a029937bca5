import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import { ConnectionNeedsReauthorization, NoCredential } from './gateway_errors.js'
import { inlineSeconds, isNearItsEnd } from './mechanisms.js'
import TenantGatewayConfig from './models/tenant_gateway_config.js'
import type { AccountRef, ConnectionRef } from './provider.js'
import { renew } from './tokens/renewal.js'
import { storedToken, type StoredToken } from './tokens/stored_token.js'

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
      clock.nowMs() < kept.freshUntilMs
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

  async #look(ref: AccountRef, kept?: Kept, mayRenew = true): Promise<string> {
    const stored = await storedToken(ref)
    if (!stored) return this.#missing(ref)
    const isOver = mayRenew && ref.kind === 'connection' && isEnding(stored)
    // Once: a token that is born near its end is used as it is.
    if (isOver && (await this.#renewEnding(ref))) return this.#look(ref, undefined, false)
    if (isDead(stored)) {
      this.forget(ref)
      throw new ConnectionNeedsReauthorization({ label: stored.label })
    }
    const { version } = stored
    const token = kept?.version === version ? kept.token : stored.open()
    const now = performance.now()
    this.#kept.set(ref.id, { version, token, freshUntilMs: freshUntil(stored), checkedAtMs: now })
    return token
  }

  /** @returns whether the row holds another token since */
  async #renewEnding(ref: ConnectionRef): Promise<boolean> {
    const connection = await TenantGatewayConfig.of(ref)
    if (!connection?.refreshTokenCiphertext || isPostponed(connection)) return false
    const outcome = await renew(connection)
    return outcome === 'renewed' || outcome === 'reused'
  }

  async #renewRefused(connection: TenantGatewayConfig) {
    const { tokenStoredAt, refreshTokenCiphertext } = connection
    if (!refreshTokenCiphertext) return 'refused' as const
    const isYoung = tokenStoredAt > clock.now().minus({ seconds: YOUNG_SECONDS })
    if (isYoung || isPostponed(connection)) return 'failed' as const
    return renew(connection)
  }

  /** It is not asked with again: the page says so, and its owner is told. */
  #markRefused({ ref, tokenVersion }: TenantGatewayConfig): Promise<void> {
    return transaction(async (trx) => {
      const connection = await TenantGatewayConfig.locked(ref, trx)
      if (connection.tokenVersion !== tokenVersion) return
      connection.tokenRefusedAt = clock.now()
      // One that came without a refresh token has nothing that could have been refused before.
      if (connection.state === 'connected') connection.moveTo('needs_reauthorization')
      await connection.save()
      const { tenantId, id: connectionId } = ref
      const payload = { connectionId }
      await addEffect(trx, { tenantId, effect: 'connections.tell', payload })
    })
  }

  #missing(ref: AccountRef): never {
    this.forget(ref)
    throw new NoCredential()
  }
}

/** The last try failed, and the next one is the schedule's. */
const isPostponed = ({ refreshAttempts, refreshAt }: TenantGatewayConfig): boolean =>
  refreshAttempts > 0 && refreshAt !== null && refreshAt > clock.now()

const isEnding = ({ mechanism, expiresAtMs }: StoredToken): boolean =>
  expiresAtMs !== null && isNearItsEnd(mechanism, expiresAtMs, clock.nowMs())

const isDead = ({ isRefused, expiresAtMs }: StoredToken): boolean =>
  isRefused || (expiresAtMs !== null && expiresAtMs <= clock.nowMs())

/** One that could not be renewed serves to its end, and is tried again with each look. */
function freshUntil(stored: StoredToken): number {
  const { mechanism, expiresAtMs } = stored
  if (expiresAtMs === null) return NEVER
  return isEnding(stored) ? expiresAtMs : expiresAtMs - 1000 * inlineSeconds(mechanism)
}

export const tokenKeeper = new TokenKeeper()
