import { clock } from '#app/core/clock'
import { mechanisms, type MechanismName } from '#app/gateway/mechanisms'
import PlatformAccount from '#app/gateway/models/platform_account'

export interface KeyAge {
  nickname: string
  currency: string
  state: string
  /** Since it was stored; null where nobody wrote that down. */
  ageDays: number | null
  /** From this age on it should be replaced; null for a credential that ends by itself. */
  replaceAfterDays: number | null
  isOld: boolean
}

/** How old the tokens of the platform's accounts are. */
export async function keyAges(): Promise<KeyAge[]> {
  const accounts = await PlatformAccount.query()
    .whereNotNull('access_token_ciphertext')
    .orderBy('token_stored_at')
    .orderBy('id')
  return accounts.map(({ nickname, currency, state, tokenStoredAt, mechanism }) => {
    const { replaceAfterDays } = mechanisms[mechanism as MechanismName]
    const ageDays = tokenStoredAt && Math.floor(clock.now().diff(tokenStoredAt, 'days').days)
    const isOld = ageDays !== null && replaceAfterDays !== null && ageDays >= replaceAfterDays
    return { nickname, currency, state, ageDays, replaceAfterDays, isOld }
  })
}
