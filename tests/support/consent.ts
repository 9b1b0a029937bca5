import ConnectionAttempt from '#app/gateway/models/connection_attempt'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type Tenant from '#app/tenants/models/tenant'
import { appUrl } from '#config/app'
import { givenMember, givenTenant, PASSWORD, type GivenTenant } from '#tests/support/given'
import { simulator } from '#tests/support/simulator'
import { loggedIn, type Visitor } from '#tests/support/visitor'

export const CALLBACK = '/tenant/gateway/callback'

/** An owner at work in a browser. */
export async function givenOwnerAtWork(values: GivenTenant = {}) {
  const tenant = await givenTenant(values)
  const { user } = await givenMember(tenant, 'owner')
  return { tenant, user, visitor: await loggedIn(user), home: `/t/${tenant.slug}/gateway` }
}

const leadsTo = (headers: Headers) => headers.get('refresh')!.replace(/^0; url=/, '')

/** The owner asks for consent. @returns where the browser is led */
export async function begin(visitor: Visitor, { slug }: Tenant, label = ''): Promise<string> {
  await visitor.get(`/t/${slug}/gateway/connect`)
  const answer = await visitor.post(`/t/${slug}/gateway/attempts`, { label, password: PASSWORD })
  return leadsTo(answer.headers)
}

/** The same for an account that was connected before. */
export async function beginAgain(visitor: Visitor, { slug }: Tenant, id: string): Promise<string> {
  await visitor.get(`/t/${slug}/gateway/${id}`)
  const answer = await visitor.post(`/t/${slug}/gateway/${id}/reconnection`)
  return leadsTo(answer.headers)
}

/** What is done at Mercado Pago's page. @returns where it sends the browser back to, from the root */
export async function decide(url: string, accountId: number | null): Promise<string> {
  const form = new URL(url).searchParams
  form.set('decision', accountId === null ? 'deny' : 'allow')
  if (accountId !== null) form.set('account_id', String(accountId))
  const response = await fetch(`${simulator.url}/authorization`, {
    method: 'POST',
    redirect: 'manual',
    headers: { connection: 'close' },
    body: form,
  })
  return response.headers.get('location')!.replace(appUrl, '')
}

/** From the button to the page that tells how it went. */
export async function connect(visitor: Visitor, tenant: Tenant, accountId: number | null) {
  const back = await decide(await begin(visitor, tenant), accountId)
  return cameBack(visitor, back)
}

/** The browser follows Mercado Pago's answer. */
export async function cameBack(visitor: Visitor, path: string) {
  const { status, location } = await visitor.get(path)
  const page = await visitor.get(location!)
  return { status, location: location!, text: page.text, page }
}

export const lastAttempt = () => ConnectionAttempt.query().orderBy('id', 'desc').firstOrFail()

export const connections = ({ id }: Tenant) =>
  TenantGatewayConfig.query().where('tenant_id', id).orderBy('id')
