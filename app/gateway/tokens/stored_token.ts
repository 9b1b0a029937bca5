import db from '@adonisjs/lucid/services/db'
import { instantFrom } from '#app/core/columns'
import { open, purposeOf } from '#app/core/vault'
import type { MechanismName } from '#app/gateway/mechanisms'
import type { AccountRef } from '#app/gateway/provider'

/** A token as its row holds it, with what says whether it may be used. */
export interface StoredToken {
  version: number
  mechanism: MechanismName
  expiresAtMs: number | null
  isRefused: boolean
  /** Of a connection. */
  label: string
  /** @throws Undecryptable */
  open(): string
}

/**
 * A charge waits for this: few columns and no model.
 * @returns null when the account is unknown or its token was destroyed
 */
export async function storedToken(ref: AccountRef): Promise<StoredToken | null> {
  const row = ref.kind === 'platform' ? await platformRow(ref.id) : await connectionRow(ref)
  if (!row?.access_token_ciphertext) return null
  return {
    version: row.token_version,
    mechanism: row.mechanism,
    expiresAtMs: row.token_expires_at ? instantFrom(row.token_expires_at).toMillis() : null,
    isRefused: Boolean(row.token_refused_at),
    label: row.label ?? '',
    open: () => open(row.access_token_ciphertext, accessTokenPurpose(ref)),
  }
}

/** Binds an access token to its row. */
export const accessTokenPurpose = (ref: AccountRef): string =>
  ref.kind === 'platform'
    ? purposeOf('platform_accounts', 'access_token', ref.id)
    : purposeOf('tenant_gateway_configs', 'access_token', ref.id, ref.tenantId)

const platformRow = (id: string) =>
  db
    .from('platform_accounts')
    .where('id', id)
    .select('access_token_ciphertext', 'token_version', 'mechanism')
    .first()

const connectionRow = ({ tenantId, id }: { tenantId: string; id: string }) =>
  db
    .from('tenant_gateway_configs')
    .where({ tenant_id: tenantId, id })
    .select('access_token_ciphertext', 'token_version', 'mechanism', 'label')
    .select('token_expires_at', 'token_refused_at')
    .first()
