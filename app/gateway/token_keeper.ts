import { open, purposeOf, seal } from '#app/core/vault'
import { NoCredential } from './gateway_errors.js'
import PlatformAccount from './models/platform_account.js'
import type { AccountRef } from './provider.js'

interface Kept {
  version: number
  token: string
  checkedAtMs: number
}

/** For so long a token replaced by another process may still be used here. */
const TRUST_MS = 30_000

const purpose = (ref: AccountRef) => purposeOf('platform_accounts', 'access_token', ref.id)

/** The only reader of token columns. Plain tokens live in this process's memory and nowhere else. */
class TokenKeeper {
  #kept = new Map<string, Kept>()

  /**
   * The account's access token.
   * @throws NoCredential when the account is unknown or its token was destroyed
   * @throws Undecryptable
   */
  async accessToken(ref: AccountRef): Promise<string> {
    const kept = this.#kept.get(ref.id)
    if (kept && performance.now() - kept.checkedAtMs < TRUST_MS) return kept.token
    return this.#look(ref, kept)
  }

  /** Seals a new token into the row, under its next version; does not save. */
  put(account: PlatformAccount, token: string): void {
    account.accessTokenCiphertext = seal(token, purpose(account.ref))
    account.tokenVersion = (account.tokenVersion ?? 0) + 1
    this.forget(account.ref)
  }

  /** Looks at the row again before the next use. */
  forget(ref: AccountRef): void {
    this.#kept.delete(ref.id)
  }

  async #look(ref: AccountRef, kept?: Kept): Promise<string> {
    const account = await PlatformAccount.find(ref.id)
    if (!account?.accessTokenCiphertext) {
      this.forget(ref)
      throw new NoCredential()
    }
    const { tokenVersion: version, accessTokenCiphertext } = account
    const token = kept?.version === version ? kept.token : open(accessTokenCiphertext, purpose(ref))
    this.#kept.set(ref.id, { version, token, checkedAtMs: performance.now() })
    return token
  }
}

export const tokenKeeper = new TokenKeeper()
