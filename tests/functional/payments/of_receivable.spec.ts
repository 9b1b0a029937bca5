import { test } from '@japa/runner'
import { paymentsOfReceivable } from '#app/payments/queries/payments_of_receivable'
import type Receivable from '#app/receivables/models/receivable'
import { givenMember, givenTenant } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

async function givenPaidBoleto() {
  const tenant = await givenSeller()
  const { charge, receivable } = await givenBoleto(tenant)
  await simulator.pay(charge.providerPaymentId!)
  const act = async (path: string, body = {}) => {
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/${path}`, body)
    await drainWork()
  }
  await drainWork()
  return { tenant, receivable, act }
}

const figures = async (receivable: Receivable) => {
  const [{ charges, feeMinor, netMinor }] = await paymentsOfReceivable(
    receivable.tenantId,
    receivable.id
  )
  return { charges, feeMinor, netMinor }
}

test.group('The payments of a receivable', (group) => {
  group.each.setup(givenWebhookSecret)

  test('say who got how much, whatever followed', async ({ assert }) => {
    const { receivable, act } = await givenPaidBoleto()
    const fee = (amountMinor: number) => [{ type: 'fee', amountMinor }]
    assert.deepEqual(await figures(receivable), {
      charges: fee(349),
      feeMinor: 150,
      netMinor: 14_501,
    })
    await act('refunds', { amount: 50 })
    assert.deepEqual(await figures(receivable), {
      charges: fee(233),
      feeMinor: 100,
      netMinor: 10_000 - 233 - 100,
    })
    await act('chargebacks')
    await act('chargebacks/settle')
    assert.deepEqual(await figures(receivable), { charges: [], feeMinor: 0, netMinor: 0 })
  })

  test('are not shown to another tenant', async ({ assert }) => {
    const { receivable } = await givenPaidBoleto()
    const other = await givenTenant()
    assert.deepEqual(await paymentsOfReceivable(other.id, receivable.id), [])
  })

  test('leave out attempts that brought no money', async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge, receivable } = await givenBoleto(tenant)
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/expire`, {})
    await drainWork()
    assert.deepEqual(await paymentsOfReceivable(tenant.id, receivable.id), [])
  })

  test('show on its page when money comes late', async ({ assert, client }) => {
    const { tenant, receivable, act } = await givenPaidBoleto()
    const { user } = await givenMember(tenant, 'owner')
    const page = async () => {
      const response = await client
        .get(`/t/${tenant.slug}/receivables/${receivable.id}`)
        .loginAs(user)
      response.assertStatus(200)
      return response.text()
    }
    assert.include(await page(), 'Liberação prevista')
    await act('mediations')
    await simulator.advance({ days: 20 })
    assert.include(await page(), 'Liberação atrasada')
    await act('mediations/win')
    assert.include(await page(), 'Liberado em')
  })
})
