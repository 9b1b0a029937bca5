import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { appUrl } from '#config/app'
import KeptMail from '#app/core/models/kept_mail'
import Customer from '#app/receivables/models/customer'
import Sending from '#app/receivables/models/sending'
import { givenBoleto, givenCustomer, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

async function givenBill(locale = 'pt-BR') {
  const tenant = await givenSeller({ tradeName: 'Perfumaria Jasmim' })
  const customer = await givenCustomer(tenant, { email: 'maria@example.com', locale })
  return { tenant, customer, ...(await givenBoleto(tenant, { customer })) }
}

test.group('The receipt of a payment', () => {
  test('goes to the customer once, however often its news comes', async ({ assert }) => {
    const { tenant, customer, receivable, charge } = await givenBill()
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    const { collectorId, providerPaymentId: dataId } = charge
    await simulator.notify({ user_id: Number(collectorId), data_id: dataId })
    const again = await drainWork()
    for (const { state } of again) assert.equal(state, 'done')

    const [mail, ...more] = await KeptMail.all()
    assert.isEmpty(more)
    assert.equal(mail.recipients, 'maria@example.com')
    const text = mail.text!.replaceAll('\u00a0', ' ')
    for (const words of [
      'Valor pago: R$ 150,00',
      'Pago com: Boleto',
      `Número no Mercado Pago: ${dataId}`,
      `Quem cobra: ${tenant.legalName}`,
      'Este e-mail não é documento fiscal.',
      `${appUrl}/p/${receivable.publicToken}`,
      customer.taxIdMasked,
    ]) {
      assert.include(text, words)
    }
    assert.notInclude(mail.html, customer.name)
    assert.notInclude(text, customer.name)
  })

  test('is written in the customer’s language', async ({ assert }) => {
    const { charge } = await givenBill('en')
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    const { subject, html, text } = await KeptMail.firstOrFail()
    assert.match(subject, /^Perfumaria Jasmim: receipt of R\$/)
    for (const part of [html!, text!]) assert.notInclude(part, 'translation missing')
  })

  test('is one for each of two payments of a receivable', async ({ assert }) => {
    const { receivable, tenant } = await givenBill()
    await receivable.load('customer')
    const pix = await issue(tenant, receivable, 'pix')
    const [boleto] = await receivable.related('charges').query().where('method', 'boleto')
    await Promise.all([pix, boleto].map((one) => simulator.pay(one.providerPaymentId!)))
    await drainWork()
    assert.lengthOf(await KeptMail.all(), 2)
  })

  test('is queued in the transaction that books the payment, and to nobody when erased', async ({
    assert,
  }) => {
    const { customer, charge } = await givenBill()
    await Customer.query()
      .where({ tenant_id: customer.tenantId, id: customer.id })
      .update({ erased_at: new Date().toISOString() })
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    assert.isEmpty(await db.from('sendings'))
    assert.isEmpty(await KeptMail.all())
  })

  test('of a payment found long afterwards is not sent any more', async ({ assert }) => {
    const { tenant, charge } = await givenBill()
    await simulator.pay(charge.providerPaymentId!)
    await simulator.advance({ days: 8 })
    await drainWork()
    const { state, reason } = await Sending.query().where('tenant_id', tenant.id).firstOrFail()
    assert.deepEqual([state, reason], ['skipped', 'late'])
    assert.isEmpty(await KeptMail.all())
  })
})
