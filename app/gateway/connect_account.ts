import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { isUniqueViolation, type Trx } from '#app/core/transaction'
import Tenant from '#app/tenants/models/tenant'
import type { ProviderUser } from './mercado_pago.js'
import type { AttemptReason } from './models/connection_attempt.js'
import PlatformAccount, { PROVIDER } from './models/platform_account.js'
import TenantGatewayConfig from './models/tenant_gateway_config.js'
import { sites } from './sites.js'
import { tokenKeeper } from './token_keeper.js'
import type { Grant } from './tokens/grant.js'
import { grantColumns } from './tokens/sealed_tokens.js'

interface ConnectInput {
  tenantId: string
  grant: Grant
  user: ProviderUser
  label: string | null
  userId: string
  actor: Actor
}

export interface Connected {
  connection: TenantGatewayConfig
}

/**
 * Keeps an authorised account as the tenant's connection: a new one, or the one that it was before,
 * with all that was issued on it.
 * @returns the reason where the account must not be the tenant's
 */
export async function connectAccount(
  trx: Trx,
  input: ConnectInput
): Promise<Connected | { reason: AttemptReason }> {
  const tenant = await Tenant.query({ client: trx })
    .where('id', input.tenantId)
    .forUpdate()
    .firstOrFail()
  const reason = await hindrance(trx, tenant.id, input.user)
  if (reason) return { reason }
  const known = await TenantGatewayConfig.query({ client: trx })
    .where({ tenant_id: tenant.id, provider: PROVIDER, mp_user_id: input.user.collectorId })
    .forUpdate()
    .first()
  try {
    // A savepoint: on PostgreSQL a refused row would end the caller's transaction.
    const connection = await trx.transaction((inner) => save(inner, tenant, known, input))
    tokenKeeper.forget(connection.ref)
    return { connection }
  } catch (error) {
    if (isUniqueViolation(error, 'mp_user_id') || isUniqueViolation(error, 'one_tenant')) {
      return { reason: 'taken' }
    }
    throw error
  }
}

/** Another tenant's account or the platform's would mix whose money is whose. */
export async function hindrance(
  trx: Trx,
  tenantId: string,
  { collectorId, siteId }: ProviderUser
): Promise<AttemptReason | null> {
  const wanted = { provider: PROVIDER, collector_id: collectorId }
  if (await PlatformAccount.query({ client: trx }).where(wanted).first()) return 'platform_account'
  // tenant: an account is one tenant's only
  const others = await TenantGatewayConfig.query({ client: trx })
    .where({ provider: PROVIDER, mp_user_id: collectorId })
    .whereNot('tenant_id', tenantId)
    .whereNot('state', 'disconnected')
  if (others.length > 0) return 'taken'
  const site = Object.hasOwn(sites, siteId) ? sites[siteId] : null
  const tenant = await Tenant.query({ client: trx }).where('id', tenantId).firstOrFail()
  return site?.currency === tenant.currency ? null : 'another_currency'
}

async function save(
  trx: Trx,
  tenant: Tenant,
  known: TenantGatewayConfig | null,
  input: ConnectInput
): Promise<TenantGatewayConfig> {
  const { grant, user, label, userId } = input
  const { country, currency } = sites[user.siteId]
  const connection = known ?? newConnection(tenant, user, label)
  connection.useTransaction(trx).merge({
    ...{ siteId: user.siteId, country, currency, nickname: user.nickname },
    maskedEmail: user.maskedEmail,
    isTest: user.isTest || grant.liveMode === false,
    isDefault: known?.isDefault || (await needsDefault(trx, tenant)),
    connectedAt: clock.now(),
    connectedBy: userId,
    disconnectingAt: null,
    disconnectedAt: null,
    lastSuccessAt: clock.now(),
    lastFailure: null,
  })
  connection.merge(grantColumns(connection, grant)).moveTo('connected')
  await connection.save()
  await tell(trx, connection, known, input)
  await followMode(trx, tenant, input)
  return connection
}

const newConnection = (tenant: Tenant, user: ProviderUser, label: string | null) =>
  new TenantGatewayConfig().merge({
    id: newId(),
    tenantId: tenant.id,
    provider: PROVIDER,
    mpUserId: user.collectorId,
    label: label ?? user.nickname.slice(0, 80),
    state: 'connected',
    tokenVersion: 0,
    refreshAttempts: 0,
  })

/** The first account serves all stores; so does one after the former default has left. */
async function needsDefault(trx: Trx, tenant: Tenant): Promise<boolean> {
  const current = await TenantGatewayConfig.query({ client: trx })
    .where({ tenant_id: tenant.id, is_default: true })
    .first()
  if (!current) return true
  if (!current.isLeaving) return false
  await current.merge({ isDefault: false }).save()
  return true
}

const tell = (
  trx: Trx,
  { id, mpUserId, isDefault }: TenantGatewayConfig,
  known: TenantGatewayConfig | null,
  { tenantId, actor }: ConnectInput
) =>
  recordAudit(trx, {
    actor,
    action: known ? 'connection.renewed' : 'connection.connected',
    subject: { type: 'connection', id },
    tenantId,
    details: { mpUserId, isDefault },
  })

/** A tenant that the platform received for charges on its own account from its first one on. */
async function followMode(trx: Trx, tenant: Tenant, { actor, tenantId }: ConnectInput) {
  if (tenant.mode === 'connected') return
  const { length } = await TenantGatewayConfig.query({ client: trx }).where('tenant_id', tenantId)
  if (length > 1) return
  await tenant.merge({ mode: 'connected' }).useTransaction(trx).save()
  await recordAudit(trx, {
    actor,
    action: 'tenant.mode_changed',
    subject: { type: 'tenant', id: tenantId },
    tenantId,
    details: { before: 'centralized', after: 'connected' },
  })
}
