import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { purposeOf, seal } from '#app/core/vault'
import type User from '#app/identity/models/user'
import TenantBalance from '#app/ledger/models/tenant_balance'
import { ApprovePayout } from '#app/payouts/actions/approve_payout'
import { RequestPayout } from '#app/payouts/actions/request_payout'
import { StartPayout } from '#app/payouts/actions/start_payout'
import { masked, type DestinationDetails } from '#app/payouts/destination_details'
import PayoutDestination from '#app/payouts/models/payout_destination'
import type Payout from '#app/payouts/models/payout'
import type { PayoutState } from '#app/payouts/models/payout'
import type Tenant from '#app/tenants/models/tenant'
import { givenMember, givenPlatformAdmin, givenTenant, next, PASSWORD } from '#tests/support/given'
import { givenAvailable, givenPlatformAccount } from '#tests/support/posted_money'

export const command = { kind: 'command' } as const

export async function givenDestination(
  tenant: Pick<Tenant, 'id'>,
  user: User,
  details: DestinationDetails = { kind: 'pix', keyKind: 'email', key: 'finance@example.com' },
  trx?: Trx
): Promise<PayoutDestination> {
  const id = newId()
  return PayoutDestination.create(
    {
      id,
      tenantId: tenant.id,
      kind: details.kind,
      detailsCiphertext: seal(details, purposeOf('payout_destinations', 'details', id, tenant.id)),
      masked: masked(details),
      state: 'current',
      createdBy: user.id,
      usableFrom: clock.now(),
    },
    { client: trx }
  )
}

/** A tenant that may be paid out: its owner, a destination and `available` minor units. */
export async function givenPayableTenant(
  available = 100_000,
  values: Parameters<typeof givenTenant>[0] = {}
): Promise<{ tenant: Tenant; owner: User }> {
  const tenant = await givenTenant(values)
  const { user: owner } = await givenMember(tenant, 'owner')
  await givenPlatformAccount(tenant.currency)
  await givenDestination(tenant, owner)
  await givenAvailable(tenant, available)
  return { tenant, owner }
}

/** An owner's request, with the right password. */
export const requestPayout = (tenant: Tenant, owner: User, amountMinor: number): Promise<Payout> =>
  new RequestPayout().handle({
    tenantId: tenant.id,
    currency: tenant.currency,
    amountMinor,
    userId: owner.id,
    password: PASSWORD,
    actor: { kind: 'user', userId: owner.id, ip: '127.0.0.1' },
  })

/** A payout that went as far as asked. */
export async function givenPayout(
  tenant: Tenant,
  owner: User,
  amountMinor: number,
  state: 'requested' | 'approved' | 'processing' = 'requested'
): Promise<Payout> {
  const payout = await requestPayout(tenant, owner, amountMinor)
  if (state === 'requested') return payout
  const admin = await givenPlatformAdmin()
  await new ApprovePayout().handle({ payoutId: payout.id, userId: admin.id, actor: command })
  if (state === 'processing')
    await new StartPayout().handle({ payoutId: payout.id, actor: command })
  return payout.refresh()
}

/** The tenant's buckets in minor units, in its own currency. */
export async function balanceOf(tenant: Pick<Tenant, 'id'>) {
  const row = await TenantBalance.query().where('tenant_id', tenant.id).first()
  return {
    pending: row?.pendingMinor ?? 0,
    available: row?.availableMinor ?? 0,
    reserved: row?.reservedMinor ?? 0,
  }
}

/** How many ledger transactions there are of a payout, by their step. */
export const stepsPosted = async (payoutId: string): Promise<string[]> => {
  const rows = await db.from('ledger_transactions').where('payout_id', payoutId)
  return rows.map(({ reference }) => reference.split(':')[2] as PayoutState).sort()
}

/**
 * Tenants with automatic transfer, a destination and `minor` available each, made in one
 * transaction: as many as a run needs to be stopped in the middle of.
 */
export async function givenDueTenants(count: number, minor = 1_000): Promise<string[]> {
  const { user: owner, tenant: like } = await givenMember(await givenTenant(), 'owner')
  const row = await db.from('tenants').where('id', like.id).firstOrFail()
  const [store] = await db.from('stores').where('tenant_id', like.id)
  return transaction(async (trx) => {
    const ids: string[] = []
    for (let made = 0; made < count; made++) {
      const id = newId()
      const copy = { ...row, id, slug: `due-${next()}`, tax_id_index: id, automatic_payouts: true }
      await trx.insertQuery().table('tenants').insert(copy)
      await trx
        .insertQuery()
        .table('stores')
        .insert({ ...store, id: newId(), tenant_id: id })
      await givenDestination({ id }, owner, undefined, trx)
      await givenAvailable({ id, currency: row.currency }, minor, { within: trx })
      ids.push(id)
    }
    return ids
  })
}
