import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import KeptMail from '#app/core/models/kept_mail'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { SendReceivable } from '#app/receivables/actions/send_receivable'
import Receivable from '#app/receivables/models/receivable'
import Sending from '#app/receivables/models/sending'
import { givenMember, givenStore, givenTenant } from '#tests/support/given'
import {
  givenBoleto,
  givenCustomer,
  givenReceivable,
  givenSeller,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ')

test.group('Sending a receivable by mail', () => {
  test('opens a draft and reaches the customer in the customer’s language', async ({
    assert,
    client,
  }) => {
    const tenant = await givenTenant({
      tradeName: 'Perfumaria Jasmim',
      contactEmail: 'oi@j.example',
    })
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant, { email: 'maria@example.com', locale: 'es' })
    const receivable = await givenReceivable(tenant, { customer, description: 'Perfume <b>1</b>' })
    const path = `/t/${tenant.slug}/receivables/${receivable.id}`

    const sent = await client
      .post(`${path}/sendings`)
      .form({ _key: newPublicToken() })
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
    sent.assertStatus(303)
    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.state, 'open')
    const mail = await KeptMail.firstOrFail()
    assert.equal(mail.recipients, 'maria@example.com')
    assert.equal(mail.sender, 'Perfumaria Jasmim <no-reply@localhost.localdomain>')
    assert.equal(mail.replyTo, 'Perfumaria Jasmim <oi@j.example>')
    assert.match(plain(mail.subject), /^Perfumaria Jasmim: R\$ 150,00, vence el /)
    assert.include(mail.html!, 'Perfume &lt;b&gt;1&lt;/b&gt;')
    assert.notInclude(mail.html!, '<b>')
    assert.include(mail.text!, 'Perfume <b>1</b>')
    for (const text of [mail.html!, mail.text!]) {
      assert.include(text, `/p/${receivable.publicToken}`)
      assert.include(text, tenant.legalName)
      assert.include(text, customer.taxIdMasked)
      assert.notInclude(text, customer.name)
      assert.notInclude(text, 'translation missing')
    }
    const page = await client.get(path).loginAs(user)
    page.assertTextIncludes('m***@example.com')
    page.assertTextIncludes('Reenviar por e-mail')
  })

  test('is done once per click, and again with the next', async ({ assert, client }) => {
    const tenant = await givenTenant()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant)
    const post = (key: string) =>
      client
        .post(`/t/${tenant.slug}/receivables/${receivable.id}/sendings`)
        .form({ _key: key })
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)

    const key = newPublicToken()
    await Promise.all(Array.from({ length: 50 }, () => post(key)))
    await drainWork()
    assert.lengthOf(await KeptMail.all(), 1)
    await post(newPublicToken())
    await drainWork()
    assert.lengthOf(await KeptMail.all(), 2)
  })

  test('tells the boleto’s digits, who charges and who receives', async ({ assert }) => {
    const tenant = await givenSeller()
    const settings = await GatewayConfig.current()
    await settings.merge({ platformName: 'Plataforma SA' }).save()
    const { receivable, charge } = await givenBoleto(tenant)
    await send(receivable)
    const { text } = await KeptMail.firstOrFail()
    assert.include(text!, charge.digitableLine!)
    assert.include(text!, 'Quem recebe: Plataforma SA')
    assert.include(text!, `Plataforma SA recebe por ${tenant.legalName}, pelo Mercado Pago.`)
  })

  test('is given up when the receivable was paid before its turn', async ({ assert }) => {
    const tenant = await givenSeller()
    const { receivable, charge } = await givenBoleto(tenant)
    const sending = await queued(receivable)
    await db.from('outbox_effects').update({ run_at: '2999-01-01T00:00:00.000Z' })
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    await db.from('outbox_effects').update({ run_at: '2000-01-01T00:00:00.000Z' })
    await drainWork()
    await sending.refresh()
    assert.equal(sending.state, 'skipped')
    assert.equal(sending.reason, 'ended')
    const bills = await KeptMail.query().whereLike('subject', '%vence%')
    assert.lengthOf(bills, 0)
  })

  test('is refused for what has ended, and for another store’s or tenant’s', async ({
    assert,
    client,
  }) => {
    const tenant = await givenTenant()
    const elsewhere = await givenStore(tenant)
    const receivable = await givenReceivable(tenant)
    const { user: cashier } = await givenMember(tenant, 'cashier', [elsewhere])
    const stranger = await givenMember(await givenTenant(), 'owner')
    const post = (slug: string, user: typeof cashier, what: string) =>
      client
        .post(`/t/${slug}/receivables/${receivable.id}/${what}`)
        .form({ _key: newPublicToken() })
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
    for (const what of ['sendings', 'share']) {
      const answers = [
        await post(tenant.slug, cashier, what),
        await post(stranger.tenant.slug, stranger.user, what),
      ]
      for (const answer of answers) answer.assertStatus(404)
    }
    await Receivable.query().where('tenant_id', tenant.id).update({ state: 'cancelled' })
    const { user } = await givenMember(tenant, 'owner')
    await post(tenant.slug, user, 'sendings')
    await post(tenant.slug, user, 'share')
    assert.lengthOf(await Sending.query().where('tenant_id', tenant.id), 0)
    await receivable.refresh()
    assert.equal(receivable.state, 'cancelled')
  })
})

test.group('Sharing a receivable’s link', () => {
  test('opens the draft; WhatsApp then gets the text and the number', async ({
    assert,
    client,
  }) => {
    const tenant = await givenTenant({ tradeName: 'Jasmim & Filhos' })
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant, { phone: '(11) 98888-7777' })
    const receivable = await givenReceivable(tenant, { customer })
    const path = `/t/${tenant.slug}/receivables/${receivable.id}`
    const draft = await client.get(path).loginAs(user)
    draft.assertTextIncludes('Abrir e obter o link')

    await client.post(`${path}/share`).loginAs(user).withCsrfToken()
    await receivable.refresh()
    assert.equal(receivable.state, 'open')
    const page = await client.get(path).loginAs(user)
    const url = /https:\/\/wa\.me\/[^"]*/.exec(page.text())?.[0]
    assert.include(url, 'https://wa.me/5511988887777?text=')
    const text = decodeURIComponent(url!.split('text=')[1])
    assert.include(text, 'Jasmim & Filhos enviou uma cobrança')
    assert.include(text, `/p/${receivable.publicToken}`)
  })
})

async function queued(receivable: Receivable): Promise<Sending> {
  await receivable.load('customer')
  return new SendReceivable().handle({ receivable, actor: { kind: 'command' } })
}

async function send(receivable: Receivable): Promise<Sending> {
  const sending = await queued(receivable)
  await drainWork()
  return sending.refresh()
}
