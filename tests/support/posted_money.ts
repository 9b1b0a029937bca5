import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { newId, newPublicToken } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import PlatformAccount from '#app/gateway/models/platform_account'
import { ledger, type PostingEntry } from '#app/ledger/ledger'
import type Tenant from '#app/tenants/models/tenant'
import { next } from '#tests/support/given'

type Owner = Pick<Tenant, 'id' | 'currency'>

/** The platform's current account of a currency: made once, then found. */
export async function givenPlatformAccount(currency = 'BRL', trx?: Trx): Promise<PlatformAccount> {
  const current = await PlatformAccount.query({ client: trx })
    .where('currency', currency)
    .where('state', 'current')
    .first()
  return (
    current ??
    PlatformAccount.create(
      {
        provider: 'mercadopago',
        collectorId: String(700_000_000 + next()),
        siteId: 'MLB',
        country: 'BR',
        currency,
        nickname: 'PLATFORM',
        isTest: true,
        state: 'current',
        verifiedAt: clock.now(),
      },
      { client: trx }
    )
  )
}

/** The rows below a payment, no more of them than its foreign keys need. */
async function insertPayment(trx: Trx, tenant: Owner, account: PlatformAccount, minor: number) {
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
    entity_type: 'individual',
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

interface Paid {
  paidAt?: DateTime
  /** To make many at once in one transaction. */
  within?: Trx
}

/** A payment without charges or fee, posted and released: all of it is available. */
export async function givenAvailable(tenant: Owner, minor: number, given: Paid = {}) {
  const { paidAt = clock.now().minus({ days: 30 }), within } = given
  const work = (trx: Trx) => postPayment(trx, tenant, minor, paidAt)
  await (within ? work(within) : transaction(work))
}

async function postPayment(trx: Trx, tenant: Owner, minor: number, occurredAt: DateTime) {
  const account = await givenPlatformAccount(tenant.currency, trx)
  const paymentId = await insertPayment(trx, tenant, account, minor)
  const post = (kind: 'payment_approved' | 'payment_released', entries: PostingEntry[]) =>
    ledger.post(trx, {
      reference: `payment:${paymentId}:${kind.slice('payment_'.length)}`,
      kind,
      tenantId: tenant.id,
      currency: tenant.currency,
      occurredAt,
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
}

/** What a refund after a payout does: available money goes, below zero if need be. */
export const givenTakenBack = async (tenant: Owner, minor: number): Promise<void> => {
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
