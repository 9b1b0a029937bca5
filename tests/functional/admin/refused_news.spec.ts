import { test } from '@japa/runner'
import { FOREIGN_ACCOUNT_ID } from '#app/simulator/main'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { givenPlatformAdmin } from '#tests/support/given'
import { bucketsOf, givenWebhookSecret, postings } from '#tests/support/money'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const READ = 'GET /v1/payments/:id'
const notOurAccount = 'Conta que não confere'

const read = (kind: string, more: object) => () => simulator.fault({ kind, route: READ, ...more })

test.group('The back office shows why news changed nothing', (group) => {
  group.each.setup(givenWebhookSecret)

  test('when it is of {what}')
    .with([
      {
        what: 'another collector',
        prepare: read('wrong_collector', { collector_id: FOREIGN_ACCOUNT_ID }),
        shown: notOurAccount,
      },
      {
        what: 'another currency',
        prepare: read('wrong_currency', { currency_id: 'ARS' }),
        shown: notOurAccount,
      },
      { what: 'an unknown user', userId: FOREIGN_ACCOUNT_ID, shown: notOurAccount },
      { what: 'a foreign reference', reference: 'c-another', shown: 'Não é de nenhuma cobrança' },
    ])
    .run(async ({ assert, client }, { prepare, userId, reference, shown }) => {
      const tenant = await givenSeller()
      const { charge, receivable } = await givenBoleto(tenant)
      await simulator.flush()
      await drainWork()
      await WebhookEvent.query().delete()
      await simulator.fault({ kind: 'drop', times: 1 })
      await simulator.pay(charge.providerPaymentId!)
      if (reference) await charge.merge({ externalReference: reference }).save()
      await prepare?.()
      await simulator.notify({
        user_id: userId ?? Number(charge.collectorId),
        data_id: charge.providerPaymentId,
      })
      await drainWork()

      const page = await client.get('/admin/webhooks').loginAs(await givenPlatformAdmin())

      // The filter above the table names every reason.
      const [, rows] = page.text().split('<tbody')
      assert.include(rows, charge.providerPaymentId!)
      assert.include(rows, shown)
      assert.deepEqual(await postings(), {})
      assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
      await charge.refresh()
      await receivable.refresh()
      assert.deepEqual([charge.state, receivable.state], ['pending', 'open'])
    })
})
