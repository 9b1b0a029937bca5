import { coreChecks } from '#app/core/health/core_checks'
import type { HealthCheck } from '#app/core/health/health_check'
import { Undecryptable } from '#app/core/vault'
import GatewayConfig from '#app/gateway/models/gateway_config'
import PlatformAccount from '#app/gateway/models/platform_account'
import { lostTokens } from '#app/gateway/queries/lost_tokens'
import { tokenKeeper } from '#app/gateway/token_keeper'

/** A lost or changed credential key shows before the first charge fails. */
async function credentials() {
  const config = await GatewayConfig.current()
  const accounts = await PlatformAccount.query().whereNotNull('access_token_ciphertext')
  const reads = [
    async () => config.webhookSecrets,
    ...accounts.map(
      ({ ref }) =>
        () =>
          tokenKeeper.accessToken(ref)
    ),
  ]
  const results = await Promise.allSettled(reads.map((read) => read()))
  const lost = results.filter(
    (result) => result.status === 'rejected' && result.reason instanceof Undecryptable
  )
  return lost.length > 0 ? `${lost.length} cannot be decrypted: check CREDENTIAL_KEYS` : null
}

/** Tenants' own accounts: a missing table, a lost key or a damaged token. */
async function connections() {
  const lost = await lostTokens()
  return lost > 0 ? `${lost} cannot be decrypted: check CREDENTIAL_KEYS` : null
}

/** What must be well for the app to get traffic. */
const checks: HealthCheck[] = [
  ...coreChecks,
  { name: 'credentials', run: credentials },
  { name: 'connections', run: connections },
]

export default checks
