import { setTimeout as sleep } from 'node:timers/promises'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { recordAudit } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { describeError } from '#app/core/redaction'
import { transaction, type Trx } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import { realTimeSql } from '#app/core/work/real_time'
import { renewGrant } from '#app/gateway/adapter/oauth_calls'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import {
  ProviderCredentialRefused,
  ProviderOutcomeUnknown,
  ProviderRefused,
} from '#app/gateway/provider_errors'
import type { Grant } from './grant.js'
import { grantColumns, openAccessToken, openRefreshToken } from './sealed_tokens.js'

/**
 * `renewed` by this call, `reused` when another process did it meanwhile, `refused` when the owner
 * must authorise again, `failed` when the provider could not be asked: the old token serves on.
 */
export type RenewalOutcome = 'renewed' | 'reused' | 'refused' | 'failed'

/** Longer than two calls that time out. */
const LEASE_SECONDS = 60
const LOOK_EVERY_MS = 100
const STORE_TRIES = 5
const FIRST_RETRY_MINUTES = 15
const LAST_RETRY_MINUTES = 24 * 60

/**
 * Renews a connection's tokens, once however many processes want it: a refresh token is used once,
 * so two that spend it at the same time would lose the account. The row's lease decides who calls;
 * the others wait for what it brings.
 * @param seen as it was read: its token version is the one that is to be replaced
 */
export async function renew(seen: TenantGatewayConfig): Promise<RenewalOutcome> {
  const lease = newId()
  if (!(await takeLease(seen, lease))) return waitForOther(seen)
  const connection = await current(seen)
  try {
    const grant = await ask(connection)
    await keepTrying(() => store(connection, grant))
    return 'renewed'
  } catch (error) {
    if (isRefusal(error)) return refuse(connection, error)
    await postpone(connection, lease, error)
    return 'failed'
  }
}

const current = async ({ ref }: TenantGatewayConfig) => (await TenantGatewayConfig.of(ref))!

async function takeLease(seen: TenantGatewayConfig, lease: string): Promise<boolean> {
  const { dialect } = db.connection()
  const taken = await db
    .from('tenant_gateway_configs')
    .where({ tenant_id: seen.tenantId, id: seen.id, token_version: seen.tokenVersion })
    .whereNotNull('refresh_token_ciphertext')
    .where((free) => {
      free
        .whereNull('refresh_lease_until')
        .orWhereRaw(`refresh_lease_until < ${realTimeSql(dialect)}`)
    })
    .update({
      refresh_lease: lease,
      refresh_lease_until: db.raw(realTimeSql(dialect, LEASE_SECONDS)),
    })
  return Number(Array.isArray(taken) ? taken[0] : taken) === 1
}

/** Until the version has changed, or the other gave up. */
async function waitForOther(seen: TenantGatewayConfig): Promise<RenewalOutcome> {
  const giveUpAt = performance.now() + LEASE_SECONDS * 1000
  while (performance.now() < giveUpAt) {
    const { tokenVersion, refreshLease, state } = await current(seen)
    if (tokenVersion !== seen.tokenVersion) return 'reused'
    if (refreshLease === null) return state === 'needs_reauthorization' ? 'refused' : 'failed'
    await sleep(LOOK_EVERY_MS)
  }
  return 'failed'
}

/** After a lost answer the same refresh token is tried once more: perhaps it never arrived. */
async function ask(connection: TenantGatewayConfig): Promise<Grant> {
  const { accessTokenCiphertext, refreshTokenCiphertext } = connection
  const refreshToken = openRefreshToken(connection, refreshTokenCiphertext!)
  const accessToken = accessTokenCiphertext
    ? openAccessToken(connection, accessTokenCiphertext)
    : ''
  try {
    return await renewGrant(refreshToken, accessToken)
  } catch (error) {
    if (!(error instanceof ProviderOutcomeUnknown)) throw error
    return renewGrant(refreshToken, accessToken)
  }
}

/** The pair exists only here: a database that is away for a moment must not lose it. */
async function keepTrying(work: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (tried === STORE_TRIES) throw error
      logger.error({ err: describeError(error) }, 'renewed tokens not stored yet')
      await sleep(tried * 1000)
    }
  }
}

function store(connection: TenantGatewayConfig, grant: Grant): Promise<void> {
  return changeRow(connection, async (row) => {
    row.merge(grantColumns(row, grant))
    row.merge({ lastFailure: null, lastSuccessAt: clock.now() })
    if (row.state === 'needs_reauthorization') row.moveTo('connected')
  })
}

const isRefusal = (error: unknown): error is ProviderRefused =>
  error instanceof ProviderRefused && error.code === 'invalid_grant'

/** The old access token serves on until its end or until it is refused. */
async function refuse(connection: TenantGatewayConfig, { code }: ProviderRefused) {
  const { id } = connection
  await changeRow(connection, async (row, trx) => {
    row.merge({ refreshAt: null, refreshLease: null, refreshLeaseUntil: null })
    row.merge({ refreshTokenCiphertext: null, lastFailure: code, lastFailureAt: clock.now() })
    if (row.state !== 'connected') return
    row.moveTo('needs_reauthorization')
    await recordAudit(trx, {
      actor: { kind: 'worker' },
      action: 'connection.needs_reauthorization',
      subject: { type: 'connection', id },
      tenantId: row.tenantId,
      details: { code },
    })
    await addEffect(trx, {
      tenantId: row.tenantId,
      effect: 'connections.tell',
      payload: { connectionId: id },
    })
  })
  return 'refused' as const
}

async function postpone(connection: TenantGatewayConfig, lease: string, error: unknown) {
  logger.warn({ err: describeError(error), connectionId: connection.id }, 'tokens not renewed')
  await changeRow(connection, async (row) => {
    if (row.refreshLease !== lease) return
    const attempts = row.refreshAttempts + 1
    const minutes = Math.min(FIRST_RETRY_MINUTES * 2 ** (attempts - 1), LAST_RETRY_MINUTES)
    row.merge({ refreshLease: null, refreshLeaseUntil: null, refreshAttempts: attempts })
    row.merge({ refreshAt: clock.now().plus({ minutes }) })
    row.merge({ lastFailure: failureName(error), lastFailureAt: clock.now() })
  })
}

const failureName = (error: unknown): string => {
  if (error instanceof ProviderRefused) return error.code.slice(0, 64)
  if (error instanceof ProviderCredentialRefused) return `http_${error.status}`
  return error instanceof ProviderOutcomeUnknown ? 'unknown' : 'not_answered'
}

/** Nothing happens to a row whose tokens were replaced meanwhile. */
const changeRow = (
  { ref, tokenVersion }: TenantGatewayConfig,
  change: (row: TenantGatewayConfig, trx: Trx) => Promise<void>
): Promise<void> =>
  transaction(async (trx) => {
    const row = await TenantGatewayConfig.locked(ref, trx)
    if (row.tokenVersion !== tokenVersion) return
    await change(row, trx)
    await row.save()
  })
