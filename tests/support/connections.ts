import { createHash } from 'node:crypto'
import type { ModelAttributes } from '@adonisjs/lucid/types/model'
import { transaction } from '#app/core/transaction'
import { connectAccount } from '#app/gateway/connect_account'
import { mercadoPago } from '#app/gateway/mercado_pago'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { sites } from '#app/gateway/sites'
import { readGrant, type Grant } from '#app/gateway/tokens/grant'
import { PLATFORM_CLIENT_ID, PLATFORM_CLIENT_SECRET } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { givenUser, next } from '#tests/support/given'
import { simulator } from '#tests/support/simulator'

const byCommand = { kind: 'command' } as const
const VERIFIER = 'v'.repeat(64)

/** A new seller at Mercado Pago, of the given site. */
export async function givenSellerAccount(siteId = 'MLB'): Promise<{ id: number }> {
  return simulator.control('POST', '/accounts', {
    site_id: siteId,
    nickname: `SELLER${next()}`,
    client_id: '7310942586417203',
  })
}

/** What Mercado Pago gives the application once this seller has consented. */
export async function givenGrant(accountId: number): Promise<Grant> {
  const { code, redirect_to: to } = await simulator.control(
    'POST',
    `/applications/${PLATFORM_CLIENT_ID}/consents`,
    {
      account_id: accountId,
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
    }
  )
  const response = await fetch(`${simulator.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'connection': 'close' },
    body: JSON.stringify({
      client_id: PLATFORM_CLIENT_ID,
      client_secret: PLATFORM_CLIENT_SECRET,
      grant_type: 'authorization_code',
      redirect_uri: to.split('?')[0],
      code,
      code_verifier: VERIFIER,
    }),
  })
  return readGrant(await response.json())
}

const siteOf = ({ country }: Tenant) =>
  Object.keys(sites).find((id) => sites[id].country === country) ?? 'MLB'

/**
 * An account that the tenant connected: a seller of the simulator, of its own unless `accountId`
 * names one, with a grant that the simulator issued. The first makes the tenant `connected`;
 * `values` change the row afterwards.
 */
export async function givenConnection(
  tenant: Tenant,
  {
    accountId,
    label = `Account ${next()}`,
    ...values
  }: Partial<ModelAttributes<TenantGatewayConfig>> & { accountId?: number } = {}
): Promise<TenantGatewayConfig> {
  const id = accountId ?? (await givenSellerAccount(siteOf(tenant))).id
  const grant = await givenGrant(id)
  const user = await mercadoPago.whoIs(grant.accessToken)
  const { id: userId } = await givenUser()
  const outcome = await transaction((trx) =>
    connectAccount(trx, { tenantId: tenant.id, grant, user, label, userId, actor: byCommand })
  )
  if ('reason' in outcome) throw new Error(`not connected: ${outcome.reason}`)
  await tenant.refresh()
  const connection = await TenantGatewayConfig.of(outcome.connection.ref)
  return connection!.merge(values).save()
}

/** The seller takes back, at Mercado Pago, the leave that it gave the platform. */
export const revoke = ({ mpUserId }: TenantGatewayConfig) =>
  simulator.control('DELETE', `/accounts/${mpUserId}/connections/${PLATFORM_CLIENT_ID}`)
