import type { DateTime } from 'luxon'
import { DomainError } from '#app/core/errors'
import type TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type PlatformAccount from '#app/gateway/models/platform_account'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import type PayoutDestination from '#app/payouts/models/payout_destination'
import Charge from '#app/receivables/models/charge'
import type Membership from '#app/tenants/models/membership'
import type Tenant from '#app/tenants/models/tenant'
import { storesOf } from '#app/tenants/queries/stores'

interface Known {
  tenant: Tenant
  owners: Membership[]
  destination: PayoutDestination | null
}

export type StepState = 'done' | 'todo' | 'not_needed'

export interface Step {
  name: 'registered' | 'mode' | 'account' | 'destination' | 'charge'
  state: StepState
  /** Key of what is to be said, below `guardian.steps`. */
  words: string
  values: Record<string, string>
  /** An expected failure, whose words explain the step. */
  obstacle?: DomainError
  day?: DateTime
  /** Where it is done. */
  href?: string
}

/** What a tenant needs before it can charge, and how far it is. */
export async function provisioningSteps({ tenant, owners, destination }: Known): Promise<Step[]> {
  return [
    registered(owners),
    mode(tenant),
    await account(tenant),
    payoutDestination(tenant, destination),
    await firstCharge(tenant),
  ]
}

function registered(owners: Membership[]): Step {
  const able = owners.find(({ user }) => user.isActive)
  const state = able ? 'done' : 'todo'
  const values = { owner: able?.user.fullName ?? '' }
  return { name: 'registered', state, words: `registered.${state}`, values }
}

const mode = (tenant: Tenant): Step => ({
  ...{ name: 'mode', state: 'done', words: `mode.${tenant.mode}`, values: {} },
  href: '/admin/gateway',
})

/** The account that its default store would charge on, approved or not. */
async function account(tenant: Tenant): Promise<Step> {
  const href =
    tenant.mode === 'connected' ? `/admin/connections?q=${tenant.id}` : '/admin/gateway#account'
  const [store] = await storesOf(tenant.id)
  const sale = { tenantId: tenant.id, storeId: store?.id ?? '', currency: tenant.currency }
  try {
    const found = await new GatewayResolver().accountFor(tenant, sale)
    const values = { account: nameOf(found) }
    return { name: 'account', state: 'done', words: `account.done_${tenant.mode}`, values, href }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const step = { name: 'account', state: 'todo', words: 'account.todo' } as const
    return { ...step, values: {}, obstacle: error, href }
  }
}

const nameOf = (found: PlatformAccount | TenantGatewayConfig) =>
  'label' in found ? `${found.label} (${found.nickname})` : found.nickname

function payoutDestination(tenant: Tenant, destination: PayoutDestination | null): Step {
  if (tenant.mode === 'connected') {
    return {
      ...{ name: 'destination', state: 'not_needed', words: 'destination.not_needed' },
      values: {},
    }
  }
  const state = destination ? 'done' : 'todo'
  const values = { destination: destination?.masked ?? '' }
  return { name: 'destination', state, words: `destination.${state}`, values }
}

/** Refused ones do not count. */
async function firstCharge({ id }: Tenant): Promise<Step> {
  const charge = await Charge.query()
    .where('tenant_id', id)
    .whereNotIn('state', ['scheduled', 'creating', 'rejected'])
    .orderBy('id')
    .first()
  if (!charge) return { name: 'charge', state: 'todo', words: 'charge.todo', values: {} }
  const step = { name: 'charge', state: 'done', words: 'charge.done', values: {} } as const
  return { ...step, day: charge.createdAt }
}
