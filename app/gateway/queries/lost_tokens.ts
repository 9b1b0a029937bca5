import db from '@adonisjs/lucid/services/db'
import { isKnownKey, keyIdOf, Undecryptable } from '#app/core/vault'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { openAccessToken, openRefreshToken } from '#app/gateway/tokens/sealed_tokens'

const COLUMNS = ['access_token_ciphertext', 'refresh_token_ciphertext'] as const
/** Of the newest ones: a wrong secret under the right name shows in any of them. */
const OPENED = 5

/**
 * How many tokens of connections cannot be decrypted. Whether a key is there is seen of all without
 * opening them; a few are opened.
 * @throws when the table is missing
 */
export async function lostTokens(): Promise<number> {
  const unknown = await Promise.all(COLUMNS.map(underUnknownKeys))
  return unknown[0] + unknown[1] + (await unopenable())
}

/** A ciphertext begins with the id of its key and a dot. */
async function underUnknownKeys(column: (typeof COLUMNS)[number]): Promise<number> {
  const keyId =
    db.connection().dialect.name === 'postgres'
      ? `split_part(${column}, '.', 1)`
      : `substr(${column}, 1, instr(${column}, '.') - 1)`
  // tenant: the health of the whole installation
  const keys = await db
    .from('tenant_gateway_configs')
    .whereNotNull(column)
    .groupByRaw(keyId)
    .select(db.raw(`${keyId} as id`))
    .count('* as tokens')
  return keys
    .filter(({ id }) => !isKnownKey(id))
    .reduce((sum, { tokens }) => sum + Number(tokens), 0)
}

async function unopenable(): Promise<number> {
  // tenant: the health of the whole installation
  const newest = await TenantGatewayConfig.query()
    .whereNotNull('access_token_ciphertext')
    .orderBy('token_stored_at', 'desc')
    .limit(OPENED)
  return newest
    .flatMap((connection) => [
      fails(connection.accessTokenCiphertext, (sealed) => openAccessToken(connection, sealed)),
      fails(connection.refreshTokenCiphertext, (sealed) => openRefreshToken(connection, sealed)),
    ])
    .filter(Boolean).length
}

/** One under an unknown key was counted already. */
function fails(sealed: string | null, openIt: (sealed: string) => string): boolean {
  if (sealed === null || !isKnownKey(keyIdOf(sealed))) return false
  try {
    openIt(sealed)
    return false
  } catch (error) {
    if (error instanceof Undecryptable) return true
    throw error
  }
}
