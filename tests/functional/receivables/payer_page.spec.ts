import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { givenMember } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import {
  givenBoleto,
  givenCustomer,
  givenReceivable,
  givenSeller,
  issue,
  issueBoleto,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

test.group("The payer's page", () => {
  test('shows who charges, who receives and how to pay, without a session', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller({ taxId: '11222333000181' })
    const config = await GatewayConfig.current()
    const platform = { platformName: 'Plataforma Ltda', platformTaxId: '12.345.678/0001-95' }
    await config.merge(platform).save()
    const customer = await givenCustomer(tenant, { name: 'Maria Aparecida Souza' })
    const { receivable, charge } = await givenBoleto(tenant, { customer })

    const page = await client.get(`/p/${receivable.publicToken}`)

    page.assertStatus(200)
    for (const text of [
      tenant.legalName,
      '11.222.333/0001-81',
      'Plataforma Ltda',
      '12.345.678/0001-95',
      charge.digitableLine!,
      '<svg',
      'Maria A. S.',
      customer.taxIdMasked,
    ]) {
      page.assertTextIncludes(text)
    }
    for (const secret of ['Aparecida', customer.email, customer.taxId, customer.street!]) {
      assert.notInclude(page.text(), secret)
    }
    page.assertHeader('cache-control', 'no-store')
    page.assertHeader('x-robots-tag', 'noindex, nofollow')
    page.assertTextIncludes('<noscript><meta http-equiv="refresh" content="60"></noscript>')
    assert.isUndefined(page.header('set-cookie'))
  })

  test('asks no third party for anything', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { receivable, charge } = await givenBoleto(tenant)
    const page = await client.get(`/p/${receivable.publicToken}`)

    const loaded = [...page.text().matchAll(/\s(?:src|action)="([^"]*)"/g)].map(([, url]) => url)
    const linked = [...page.text().matchAll(/<link[^>]*href="([^"]*)"/g)].map(([, url]) => url)
    for (const url of [...loaded, ...linked]) assert.match(url, /^(\/(?!\/)|data:)/)
    page.assertTextIncludes(charge.documentUrl!.split('?')[0])
  })

  test('tells every state in three languages', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)
    const look = async (lang = 'en') => {
      const page = await client.get(`/p/${receivable.publicToken}?lang=${lang}`)
      page.assertStatus(200)
      assert.notInclude(page.text(), 'translation missing')
      return page.text()
    }
    const charge = await issueBoleto(tenant, receivable)
    for (const lang of ['pt-BR', 'es', 'en']) {
      for (const state of ['pending', 'creating', 'rejected', 'expired', 'cancelled'] as const) {
        await charge.merge({ state }).save()
        await look(lang)
      }
    }
    await charge.merge({ state: 'expired' }).save()
    assert.include(await look(), 'The time to pay is over')
    await receivable.merge({ state: 'paid' }).save()
    assert.include(await look(), 'Payment received')
    await receivable.merge({ state: 'cancelled' }).save()
    assert.include(await look(), 'nothing to pay')
    await receivable.merge({ state: 'charged_back' }).save()
    await look()
  })

  test('an overdue boleto that can still be paid is payable', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { receivable, charge } = await givenBoleto(tenant, { dueInDays: 3, payUntilInDays: 10 })
    await simulator.advance({ days: 5 })

    const page = await client.get(`/p/${receivable.publicToken}?lang=en`)

    page.assertTextIncludes(charge.digitableLine!)
    assert.include(page.text(), 'Overdue')
  })

  test('a scheduled boleto says when it comes', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { receivable } = await givenBoleto(tenant, { dueInDays: 60 })

    const page = await client.get(`/p/${receivable.publicToken}?lang=en`)

    assert.include(page.text(), 'this bill can be paid on this page')
  })

  test('a draft, a wrong token and a strange one are equally missing', async ({
    assert,
    client,
  }) => {
    const draft = await givenReceivable(await givenSeller())
    const bodies = new Set<number>()
    for (const token of [draft.publicToken, 'A'.repeat(27), "'%20or%201=1", '../login']) {
      const page = await client.get(`/p/${token}`)
      page.assertStatus(404)
      bodies.add(page.status())
    }
    assert.lengthOf([...bodies], 1)
  })

  test('offers every way that is open, the quickest first', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { receivable, charge: boleto } = await givenBoleto(tenant)
    const pix = await issue(tenant, receivable, 'pix')
    const link = await issue(tenant, receivable, 'link')
    const page = await client.get(`/p/${receivable.publicToken}?lang=en`)
    const places = [pix.qrCode!, link.checkoutUrl!, boleto.digitableLine!].map((text) =>
      page.text().indexOf(text.replaceAll('&', '&amp;'))
    )
    assert.notInclude(places, -1)
    assert.deepEqual(
      places,
      [...places].sort((one, other) => one - other)
    )
    await pix.merge({ state: 'cancelled' }).save()
    const left = await client.get(`/p/${receivable.publicToken}?lang=en`)
    assert.notInclude(left.text(), pix.qrCode!)
  })

  test('notices a payment, and shows the receipt instead of ways to pay', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller()
    await givenWebhookSecret()
    const { receivable, charge } = await givenBoleto(tenant)
    const address = `/p/${receivable.publicToken}`
    const version = async () => {
      const answer = await client.get(`${address}/version`)
      answer.assertHeader('cache-control', 'no-store')
      return answer.body().version
    }
    const before = await version()
    assert.equal(await version(), before)
    const open = await client.get(address)
    open.assertTextIncludes(`data-version="${before}"`)

    await simulator.pay(charge.providerPaymentId!)
    await simulator.flush()
    await drainWork()

    assert.notEqual(await version(), before)
    const paid = await client.get(`${address}?lang=en`)
    for (const text of ['Receipt', 'R$150.00', charge.providerPaymentId!, 'Payment received']) {
      paid.assertTextIncludes(text)
    }
    for (const gone of [charge.digitableLine!, 'data-version', 'http-equiv']) {
      assert.notInclude(paid.text(), gone)
    }
  })

  test('has another address when its link was renewed', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { receivable } = await givenBoleto(tenant)
    const before = receivable.publicToken
    const renew = async (role: 'owner' | 'cashier') => {
      const { user } = await givenMember(tenant, role)
      return client
        .put(`/t/${tenant.slug}/receivables/${receivable.id}/link`)
        .form({ _key: newPublicToken() })
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
    }
    const refused = await renew('cashier')
    refused.assertStatus(403)
    const done = await renew('owner')
    done.assertStatus(303)

    await receivable.refresh()
    assert.notEqual(receivable.publicToken, before)
    for (const path of [`/p/${before}`, `/p/${before}/version`]) {
      const gone = await client.get(path)
      gone.assertStatus(404)
    }
    const now = await client.get(`/p/${receivable.publicToken}`)
    now.assertStatus(200)
  })
})
