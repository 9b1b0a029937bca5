import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newId, newPublicToken } from '#app/core/ids'
import PlatformAccount from '#app/gateway/models/platform_account'
import { tokenKeeper } from '#app/gateway/token_keeper'
import Charge from '#app/receivables/models/charge'
import Customer from '#app/receivables/models/customer'
import Receivable from '#app/receivables/models/receivable'
import type Tenant from '#app/tenants/models/tenant'
import { PLATFORM_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import { defaultStore } from '#tests/support/given'

/** The simulator's platform account as ours: made once per test, then found. */
export async function givenLiveAccount(
  collectorId = String(PLATFORM_ACCOUNT_ID),
  accessToken = PLATFORM_ACCESS_TOKEN,
  values: Partial<{
    currency: string
    siteId: string
    country: string
    state: 'current' | 'retired'
  }> = {}
): Promise<PlatformAccount> {
  const known = await PlatformAccount.findBy('collectorId', collectorId)
  if (known) return known
  const account = new PlatformAccount().fill({
    id: newId(),
    provider: 'mercadopago',
    collectorId,
    siteId: 'MLB',
    country: 'BR',
    currency: 'BRL',
    nickname: 'PLATFORM',
    isTest: true,
    state: 'current',
    verifiedAt: clock.now(),
    ...values,
  })
  tokenKeeper.put(account, accessToken)
  return account.save()
}

export async function givenCustomer(tenant: Tenant): Promise<Customer> {
  const customer = new Customer().fill({ id: newId(), tenantId: tenant.id })
  customer.taxId = '12345678909'
  return customer
    .merge({
      name: 'Maria da Silva',
      email: 'maria@example.com',
      taxIdKind: 'CPF',
      taxIdIndex: newPublicToken(),
      taxIdMasked: '***',
      locale: 'pt-BR',
    })
    .save()
}

export async function givenReceivable(tenant: Tenant, amountMinor = 10_000): Promise<Receivable> {
  const [store, customer] = [await defaultStore(tenant), await givenCustomer(tenant)]
  return Receivable.create({
    tenantId: tenant.id,
    storeId: store.id,
    customerId: customer.id,
    description: 'Order',
    amountMinor,
    currency: tenant.currency,
    dueOn: '2030-01-01',
    payUntil: '2030-01-01',
    state: 'open',
    paidMinor: 0,
    refundedMinor: 0,
    publicToken: newPublicToken(),
  })
}

/** A charge as it stands once the provider answered, without asking any provider. */
export async function givenCharge(
  receivable: Receivable,
  account: PlatformAccount,
  values: Partial<Pick<Charge, 'amountMinor' | 'method' | 'feePercent' | 'mode' | 'state'>> = {}
): Promise<Charge> {
  const id = newId()
  return Charge.create({
    id,
    tenantId: receivable.tenantId,
    receivableId: receivable.id,
    storeId: receivable.storeId,
    method: 'boleto',
    state: 'pending',
    amountMinor: receivable.amountMinor,
    currency: receivable.currency,
    mode: 'centralized',
    platformAccountId: account.id,
    collectorId: account.collectorId,
    providerApi: 'payments',
    feePercent: '1.00',
    feeRefundPolicy: 'proportional',
    estimatedChargesMinor: 0,
    estimatedFeeMinor: 0,
    idempotencyKey: newId(),
    externalReference: `c-${id}`,
    expiresAt: clock.now().plus({ days: 5 }),
    attempts: 0,
    ...values,
  })
}

/** Every ledger reference with its entries as "account amount [type]", sorted. */
export async function postings(): Promise<Record<string, string[]>> {
  const rows = await db
    .from('ledger_entries as e')
    .join('ledger_transactions as t', 't.id', 'e.transaction_id')
    .orderBy('t.occurred_at')
    .orderBy('e.account')
    .orderBy('e.amount_minor')
    .select('t.reference', 'e.account', 'e.amount_minor', 'e.charge_type')
  const found: Record<string, string[]> = {}
  for (const row of rows) {
    const type = row.charge_type ? ` ${row.charge_type}` : ''
    ;(found[row.reference] ??= []).push(`${row.account} ${row.amount_minor}${type}`)
  }
  return found
}
