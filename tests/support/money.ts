import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import type PlatformAccount from '#app/gateway/models/platform_account'
import GatewayConfig from '#app/gateway/models/gateway_config'
import TenantBalance from '#app/ledger/models/tenant_balance'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import { PLATFORM_ACCESS_TOKEN, PLATFORM_WEBHOOK_SECRET } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { simulator } from '#tests/support/simulator'

/** The secret that the simulator signs with is ours too. */
export async function givenWebhookSecret(): Promise<void> {
  const config = await GatewayConfig.current()
  config.webhookSecrets = [
    { id: newId(), secret: PLATFORM_WEBHOOK_SECRET, addedAt: clock.now().toISO()! },
  ]
  await config.save()
}

/** A charge as it stands once the provider has made it, without asking any provider. */
export function givenCharge(
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

/** A payment made past the product: by hand, or by another program with the platform's token. */
export async function makePix(
  key: string,
  externalReference?: string,
  token = PLATFORM_ACCESS_TOKEN
): Promise<number> {
  const response = await fetch(`${simulator.url}/v1/payments`, {
    method: 'POST',
    headers: {
      'authorization': `Bearer ${token}`,
      'content-type': 'application/json',
      'x-idempotency-key': key,
    },
    body: JSON.stringify({
      transaction_amount: 12.34,
      payment_method_id: 'pix',
      payer: { email: 'somebody@example.com' },
      ...(externalReference && { external_reference: externalReference }),
    }),
  })
  const { id } = (await response.json()) as { id: number }
  return id
}

/** The tenant's pending, available and reserved money in minor units. */
export async function bucketsOf(tenant: Tenant): Promise<[number, number, number]> {
  const row = await TenantBalance.findBy('tenantId', tenant.id)
  return [row?.pendingMinor ?? 0, row?.availableMinor ?? 0, row?.reservedMinor ?? 0]
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

export { givenReceivable } from '#tests/support/receivables'
