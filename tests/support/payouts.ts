import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { newId, newPublicToken } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { purposeOf, seal } from '#app/core/vault'
import PlatformAccount from '#app/gateway/models/platform_account'
import type User from '#app/identity/models/user'
import { ledger, type PostingEntry } from '#app/ledger/ledger'
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

export const command = { kind: 'command' } as const

/** The platform's current account of a currency: made once, then found. */
export async function givenPlatformAccount(currency = 'BRL'): Promise<PlatformAccount> {
  const current = await PlatformAccount.query()
    .where('currency', currency)
    .where('state', 'current')
    .first()
  return (
    current ??
    PlatformAccount.create({
      provider: 'mercadopago',
      collectorId: String(700_000_000 + next()),
      siteId: 'MLB',
      country: 'BR',
      currency,
      nickname: 'PLATFORM',
      isTest: true,
      state: 'current',
      verifiedAt: clock.now(),
    })
  )
}

export async function givenDestination(
  tenant: Tenant,
  user: User,
  details: DestinationDetails = { kind: 'pix', keyKind: 'email', key: 'finance@example.com' }
): Promise<PayoutDestination> {
  const id = newId()
  return PayoutDestination.create({
    id,
    tenantId: tenant.id,
    kind: details.kind,
    detailsCiphertext: seal(details, purposeOf('payout_destinations', 'details', id, tenant.id)),
    masked: masked(details),
    state: 'current',
    createdBy: user.id,
  })
}

/** The rows below a payment, no more of them than its foreign keys need. */
async function insertPayment(trx: Trx, tenant: Tenant, account: PlatformAccount, minor: number) {
  const [store] = await trx.from('stores').where('tenant_id', tenant.id).limit(1)
  const at = instantText(clock.now())
  const common = { tenant_id: tenant.id, created_at: at, updated_at: at }
  const money = { amount_minor: minor, currency: tenant.currency }
  const ids = { customer: newId(), receivable: newId(), charge: newId(), payment: newId() }
  const insert = (table: string, row: object) =>
    trx
      .insertQuery()
      .table(table)
      .insert({ ...common, ...row })

  await insert('customers', {
    id: ids.customer,
    name: 'Maria',
    email: 'maria@example.com',
    tax_id_kind: 'CPF',
    tax_id_ciphertext: 'sealed',
    tax_id_index: newPublicToken(),
    tax_id_masked: '***',
    locale: 'pt-BR',
  })
  await insert('receivables', {
    ...money,
    id: ids.receivable,
    store_id: store.id,
    customer_id: ids.customer,
    description: 'Order',
    due_on: '2030-01-01',
    pay_until: '2030-01-01',
    state: 'paid',
    public_token: newPublicToken(),
  })
  await insert('charges', {
    ...money,
    id: ids.charge,
    receivable_id: ids.receivable,
    store_id: store.id,
    method: 'boleto',
    state: 'approved',
    mode: 'centralized',
    platform_account_id: account.id,
    collector_id: account.collectorId,
    provider_api: 'payments',
    fee_percent: '1.00',
    fee_refund_policy: 'proportional',
    estimated_charges_minor: 0,
    estimated_fee_minor: 0,
    idempotency_key: newId(),
    external_reference: `c-${ids.charge}`,
    expires_at: at,
  })
  await insert('payments', {
    ...money,
    id: ids.payment,
    charge_id: ids.charge,
    receivable_id: ids.receivable,
    provider: 'mercadopago',
    provider_payment_id: String(900_000_000 + next()),
    mode: 'centralized',
    collector_id: account.collectorId,
    status: 'approved',
    method: 'bolbradesco',
    type: 'ticket',
    is_posted: true,
    provider_created_at: at,
    provider_updated_at: at,
    snapshot: '{}',
  })
  return ids.payment
}

/** A payment without charges or fee, posted and released: all of it is available. */
export async function givenAvailable(
  tenant: Tenant,
  minor: number,
  { paidAt = clock.now().minus({ days: 30 }) }: { paidAt?: DateTime } = {}
): Promise<void> {
  const account = await givenPlatformAccount(tenant.currency)
  await transaction(async (trx) => {
    const paymentId = await insertPayment(trx, tenant, account, minor)
    const post = (kind: 'payment_approved' | 'payment_released', entries: PostingEntry[]) =>
      ledger.post(trx, {
        reference: `payment:${paymentId}:${kind}`,
        kind,
        tenantId: tenant.id,
        currency: tenant.currency,
        occurredAt: paidAt,
        paymentId,
        entries,
      })
    await post('payment_approved', [
      { account: 'platform:gateway', amountMinor: minor, platformAccountId: account.id },
      { account: 'tenant:pending', amountMinor: -minor },
    ])
    await post('payment_released', [
      { account: 'tenant:pending', amountMinor: minor },
      { account: 'tenant:available', amountMinor: -minor },
    ])
  })
}

/** What a refund after a payout does: available money goes, below zero if need be. */
export const givenTakenBack = async (tenant: Tenant, minor: number): Promise<void> => {
  const account = await givenPlatformAccount(tenant.currency)
  await transaction((trx) =>
    ledger.post(trx, {
      reference: `refund:${newId()}`,
      kind: 'refund',
      tenantId: tenant.id,
      currency: tenant.currency,
      occurredAt: clock.now(),
      entries: [
        { account: 'tenant:available', amountMinor: minor },
        { account: 'platform:gateway', amountMinor: -minor, platformAccountId: account.id },
      ],
    })
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
export async function balanceOf(tenant: Tenant) {
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
