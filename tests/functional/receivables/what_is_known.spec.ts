import { test } from '@japa/runner'
import mercadopago from '#config/mercadopago'
import { newPublicToken } from '#app/core/ids'
import { givenMember } from '#tests/support/given'
import { givenReceivable, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const route = 'POST /v1/payments'

const unknown = 'Ainda não sabemos se foi emitido'
const busy = 'O Mercado Pago está ocupado'
const account = 'O Mercado Pago não aceitou a conta da plataforma'

test.group('The page of a receivable whose boleto Mercado Pago did not answer for', (group) => {
  group.each.setup(() => {
    const { timeoutMs } = mercadopago
    mercadopago.timeoutMs = 400
    return () => void (mercadopago.timeoutMs = timeoutMs)
  })

  test('says what is known after "{kind}", and offers a second one only after a clear no')
    .with([
      { kind: 'hang_after_work', text: unknown },
      { kind: 'error_after_work', text: unknown },
      { kind: 'server_error', text: unknown },
      { kind: 'cut_body', text: unknown },
      { kind: 'rate_limit', text: busy },
      { kind: 'unauthorized', text: account },
    ])
    .run(async ({ assert, client }, { kind, text }) => {
      const tenant = await givenSeller()
      const { user } = await givenMember(tenant, 'owner')
      const receivable = await givenReceivable(tenant)
      const address = `/t/${tenant.slug}/receivables/${receivable.id}`
      await simulator.fault({ kind, route, times: 1 })

      const answer = await client
        .post(`${address}/charges`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ '_key': newPublicToken(), 'methods[]': 'boleto' })
      answer.assertStatus(303)
      const page = await client.get(address).loginAs(user)

      page.assertTextIncludes(text)
      const mayIssue = page.text().includes('name="methods[]" value="boleto"')
      assert.equal(mayIssue, text === account)
    })
})
