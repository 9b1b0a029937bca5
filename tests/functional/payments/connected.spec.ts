import { test } from '@japa/runner'
import { CancelReceivable } from '#app/receivables/actions/cancel_receivable'
import ExceptionCase from '#app/payments/models/exception_case'
import Payment from '#app/payments/models/payment'
import Refund from '#app/payments/models/refund'
import { sumMinor } from '#app/core/money'
import StoreGateway from '#app/gateway/models/store_gateway'
import type TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import TenantBalance from '#app/ledger/models/tenant_balance'
import type Charge from '#app/receivables/models/charge'
import { PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import { CreateStore } from '#app/tenants/actions/create_store'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { tryToPay } from '#tests/support/checkout'
import { givenConnection } from '#tests/support/connections'
import { givenTenant } from '#tests/support/given'
import { givenWebhookSecret, postings } from '#tests/support/money'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const byCommand = { kind: 'command' } as const

async function givenConnected() {
  const tenant = await givenTenant()
  return { tenant, connection: await givenConnection(tenant) }
}

async function paid(charge: Charge) {
  await simulator.pay(charge.providerPaymentId!)
  await drainWork()
  await charge.refresh()
  return Payment.findByOrFail('chargeId', charge.id)
}

const atProvider = (charge: Charge) => simulator.payment(charge.providerPaymentId!)

const feeOf = (payment: any): number | undefined =>
  payment.fee_details.find((fee: any) => fee.type === 'application_fee')?.amount

/** What an account's balance last moved by, in the provider's own books. */
async function lastMovement(accountId: string | number): Promise<Record<string, unknown>> {
  const [last] = await simulator.control('GET', `/accounts/${accountId}/movements`)
  return last
}

test.group('A sale on the tenant’s own account', (group) => {
  group.each.setup(givenWebhookSecret)

  test('lands there, and the platform’s fee is split off (S2-14, S2-38)', async ({ assert }) => {
    const { tenant, connection } = await givenConnected()
    const charge = await issue(tenant, await givenReceivable(tenant), 'boleto')
    assert.include(charge.$attributes, {
      mode: 'connected',
      connectionId: connection.id,
      platformAccountId: null,
      collectorId: connection.mpUserId,
      estimatedFeeMinor: 150,
    })

    const payment = await paid(charge)

    const provider = await atProvider(charge)
    assert.equal(String(provider.collector_id), connection.mpUserId)
    assert.equal(feeOf(provider), 1.5)
    assert.equal(charge.state, 'approved')
    assert.include(payment.$attributes, { mode: 'connected', feeMinor: 150, chargesMinor: 349 })
    assert.isNull(await ExceptionCase.first())
    const [theirs, ours] = [
      await lastMovement(connection.mpUserId),
      await lastMovement(PLATFORM_ACCOUNT_ID),
    ]
    assert.include(theirs, { source_id: charge.providerPaymentId, pending: 145.01 })
    assert.include(ours, { source_id: charge.providerPaymentId, available: 1.5 })
  })

  test('posts nothing to the ledger, and no balance', async ({ assert }) => {
    const { tenant } = await givenConnected()
    await paid(await issue(tenant, await givenReceivable(tenant), 'pix'))

    assert.deepEqual(await postings(), {})
    assert.isNull(await TenantBalance.findBy('tenantId', tenant.id))
  })

  test('by link carries the fee of the marketplace', async ({ assert }) => {
    const { tenant, connection } = await givenConnected()
    const charge = await issue(tenant, await givenReceivable(tenant), 'link')

    await tryToPay(charge)
    await drainWork()

    const payment = await Payment.findByOrFail('chargeId', charge.id)
    assert.equal(payment.collectorId, connection.mpUserId)
    assert.equal(payment.feeMinor, 150)
    assert.include(await lastMovement(PLATFORM_ACCOUNT_ID), { available: 1.5 })
  })

  test('never asks for more than is left after the provider’s part', async ({ assert }) => {
    const tenant = await givenTenant({ platformFeePercent: '100.00' })
    await givenConnection(tenant)
    const charge = await issue(tenant, await givenReceivable(tenant), 'pix')

    const left = charge.amountMinor - charge.estimatedChargesMinor
    assert.equal(charge.state, 'pending')
    assert.equal(charge.estimatedFeeMinor, left - Math.round(left / 100))
  })

  test('of two stores with two accounts lands in each one’s own (S0-19, S0-24)', async ({
    assert,
  }) => {
    const { tenant, connection } = await givenConnected()
    const other = await givenConnection(tenant)
    const store = await new CreateStore().handle({
      ...{ tenantId: tenant.id, name: 'Shopping' },
      actor: byCommand,
    })
    await StoreGateway.create({ tenantId: tenant.id, storeId: store.id, connectionId: other.id })

    const first = await issue(tenant, await givenReceivable(tenant), 'pix')
    const second = await issue(tenant, await givenReceivable(tenant, { storeId: store.id }), 'pix')
    await paid(first)
    await paid(second)

    const collectorsOf = async (charge: Charge) => String((await atProvider(charge)).collector_id)
    assert.equal(await collectorsOf(first), connection.mpUserId)
    assert.equal(await collectorsOf(second), other.mpUserId)
    assert.equal(first.state, 'approved')
    assert.equal(second.state, 'approved')
  })

  test('keeps its account whatever the tenant changes afterwards (S2-26)', async ({ assert }) => {
    const { tenant, connection } = await givenConnected()
    const [kept, dropped] = [
      await issue(tenant, await givenReceivable(tenant), 'boleto'),
      await issue(tenant, await givenReceivable(tenant), 'boleto'),
    ]
    await givenSeller()
    await tenant.merge({ mode: 'centralized' }).save()
    await connection.moveTo('disconnecting').save()

    const payment = await paid(kept)
    await new CancelReceivable().handle({
      tenant,
      receivableId: dropped.receivableId,
      actor: byCommand,
    })

    assert.equal(payment.collectorId, connection.mpUserId)
    assert.equal(payment.mode, 'connected')
    assert.deepEqual(await postings(), {})
    assert.equal((await atProvider(dropped)).status, 'cancelled')
  })

  test('is refused news of another account (S2-27)', async ({ assert }) => {
    const { tenant } = await givenConnected()
    const { connection: theirs } = await givenConnected()
    const charge = await issue(tenant, await givenReceivable(tenant), 'pix')
    const foreign = await makeForeignPayment(theirs, charge)
    await simulator.pay(foreign)
    await drainWork()
    await charge.refresh()

    assert.equal(charge.state, 'pending')
    const events = await WebhookEvent.query().where('resource_id', foreign)
    assert.deepEqual([...new Set(events.map(({ reason }) => reason))], ['invalid_tenant'])
  })

  test('shows the fee that went back with a refund', async ({ assert }) => {
    const { tenant } = await givenConnected()
    const charge = await issue(tenant, await givenReceivable(tenant), 'pix')
    await paid(charge)
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/refunds`, {})
    await drainWork()

    const payment = await Payment.findByOrFail('chargeId', charge.id)
    assert.equal(payment.status, 'refunded')
    assert.equal(payment.refundedMinor, 15_000)
    assert.include(payment.$attributes, { feeMinor: 150, feeReturnedMinor: 150 })
    assert.deepEqual(await postings(), {})
  })
})

test.group('Several refunds on the tenant’s own account', (group) => {
  group.each.setup(givenWebhookSecret)

  test('share what went back of the platform’s fee, to the cent', async ({ assert }) => {
    const { tenant } = await givenConnected()
    const charge = await issue(tenant, await givenReceivable(tenant), 'pix')
    await paid(charge)
    for (const amount of [33.33, 33.33, 50.01]) {
      await simulator.control('POST', `/payments/${charge.providerPaymentId}/refunds`, { amount })
      await drainWork()
    }

    const payment = await Payment.findByOrFail('chargeId', charge.id)
    const refunds = await Refund.query().where('payment_id', payment.id)
    const parts = refunds.map(({ feeReturnedMinor }) => feeReturnedMinor)
    assert.lengthOf(parts, 3)
    assert.equal(sumMinor(parts), payment.feeReturnedMinor)
    assert.isAbove(Math.min(...parts), 0)
  })
})

/** A payment on another account that names our charge. */
async function makeForeignPayment(connection: TenantGatewayConfig, charge: Charge) {
  const { tokenKeeper } = await import('#app/gateway/token_keeper')
  const response = await fetch(`${simulator.url}/v1/payments`, {
    method: 'POST',
    headers: {
      'authorization': `Bearer ${await tokenKeeper.accessToken(connection.ref)}`,
      'content-type': 'application/json',
      'x-idempotency-key': `foreign-${charge.id}`,
    },
    body: JSON.stringify({
      transaction_amount: 150,
      payment_method_id: 'pix',
      payer: { email: 'somebody@example.com' },
      external_reference: charge.externalReference,
    }),
  })
  const { id } = (await response.json()) as { id: number }
  return String(id)
}
