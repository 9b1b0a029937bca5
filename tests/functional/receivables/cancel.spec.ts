import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import { transaction } from '#app/core/transaction'
import PlatformAccount from '#app/gateway/models/platform_account'
import { CancelReceivable } from '#app/receivables/actions/cancel_receivable'
import { NotCancelledYet } from '#app/receivables/receivable_errors'
import { givenCharge } from '#tests/support/money'
import { givenBoleto, givenReceivable, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

test.group('Cancelling a receivable while another member charges it', () => {
  test('what is offered while the provider withdraws the rest keeps it open', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    const account = await PlatformAccount.firstOrFail()
    const { receivable, charge } = await givenBoleto(tenant)
    await simulator.fault({ kind: 'latency', route: 'PUT /v1/payments/:id', times: 1, ms: 400 })
    const actor = { kind: 'command' } as const
    const cancelling = new CancelReceivable().handle({ tenant, receivableId: receivable.id, actor })
    const [offered] = await Promise.all([
      setTimeout(150).then(() => givenCharge(receivable, account, { method: 'pix' })),
      assert.rejects(() => cancelling, NotCancelledYet),
    ])

    await offered.refresh()
    await receivable.refresh()
    assert.equal(offered.state, 'pending')
    assert.equal(receivable.state, 'open')
    const payment = await simulator.payment(charge.providerPaymentId!)
    assert.equal(payment.status, 'cancelled')
  })

  test('what is issued at the last moment keeps it open', async ({ assert }) => {
    const tenant = await givenSeller()
    const account = await PlatformAccount.firstOrFail()
    const receivable = await givenReceivable(tenant)
    const charge = await givenCharge(receivable, account, { state: 'cancelled' })
    const actor = { kind: 'command' } as const
    const cancel = () =>
      new CancelReceivable().handle({ tenant, receivableId: receivable.id, actor })

    const cancelling = await transaction(async (trx) => {
      await trx.from('receivables').where('id', receivable.id).forUpdate()
      const refused = assert.rejects(cancel, NotCancelledYet)
      await setTimeout(150)
      await trx.from('charges').where('id', charge.id).update({ state: 'creating' })
      return { refused }
    })

    await cancelling.refused
    await receivable.refresh()
    assert.equal(receivable.state, 'draft')
  })
})
