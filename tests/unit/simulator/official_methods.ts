import assert from 'node:assert'
import { randomUUID } from 'node:crypto'
import mercadopago from 'mercadopago'
import { PLATFORM_ACCESS_TOKEN } from '../../../app/simulator/main.js'
import { cardInput } from './card_support.js'
import { CALLBACK, CLIENT, consent } from './oauth_support.js'
import { boletoRequest, type TestSimulator } from './support.js'

export type Official = typeof mercadopago

export const config = (accessToken = PLATFORM_ACCESS_TOKEN) =>
  new mercadopago.MercadoPagoConfig({ accessToken, options: { maxRetries: 0 } })

/** Things to call a method with, made by the package itself. */
export class Bench {
  constructor(readonly simulator: TestSimulator) {}

  async cardToken(): Promise<string> {
    const body = cardInput('APRO') as unknown as { card_number: string }
    const { id } = await new mercadopago.CardToken(config()).create({ body })
    return id!
  }

  async boleto(): Promise<number> {
    const { id } = await new mercadopago.Payment(config()).create({ body: boletoRequest() })
    return id!
  }

  async paid(): Promise<number> {
    const id = await this.boleto()
    await this.simulator.control(`/payments/${id}/pay`)
    return id
  }

  async card(capture = true): Promise<number> {
    const token = await this.cardToken()
    const payer = { email: 'ana@example.com' }
    const body = { transaction_amount: 100, token, installments: 1, capture, payer }
    const { id } = await new mercadopago.Payment(config()).create({ body })
    return id!
  }

  async customer(): Promise<string> {
    const body = { email: `${randomUUID()}@example.com` }
    const { id } = await new mercadopago.Customer(config()).create({ body })
    return id!
  }

  async customerCard(): Promise<{ customerId: string; cardId: string }> {
    const customerId = await this.customer()
    const body = { token: await this.cardToken() }
    const { id } = await new mercadopago.CustomerCard(config()).create({ customerId, body })
    return { customerId, cardId: id! }
  }

  async chargeback(): Promise<string> {
    const id = await this.card()
    await this.simulator.control(`/payments/${id}/chargebacks`)
    const { results } = await new mercadopago.Chargeback(config()).search({
      options: { payment_id: id },
    })
    return results![0].id!
  }

  async grant() {
    const code = await consent(this.simulator)
    const body = { ...CLIENT, code, redirect_uri: CALLBACK }
    return new mercadopago.OAuth(config()).create({ body })
  }
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of pages) found.push(one)
  return found
}

type Drive = (bench: Bench) => Promise<unknown>

const { CardToken, Chargeback, Customer, CustomerCard, OAuth, Payment, PaymentRefund } = mercadopago

/** Every method of the classes that this part of the simulator answers. */
export const METHODS: Record<string, Drive> = {
  'User.get': () => new mercadopago.User(config()).get(),
  'PaymentMethod.get': () => new mercadopago.PaymentMethod(config()).get(),
  'IdentificationType.list': () => new mercadopago.IdentificationType(config()).list(),

  'CardToken.create': (bench) => bench.cardToken(),
  'CardToken.get': async (bench) => new CardToken(config()).get({ id: await bench.cardToken() }),

  'Payment.create': (bench) => bench.boleto(),
  'Payment.get': async (bench) => new Payment(config()).get({ id: await bench.boleto() }),
  'Payment.cancel': async (bench) => new Payment(config()).cancel({ id: await bench.boleto() }),
  'Payment.capture': async (bench) =>
    new Payment(config()).capture({ id: await bench.card(false), transaction_amount: 60 }),
  'Payment.update': async (bench) =>
    new Payment(config()).update({ id: await bench.boleto(), body: { metadata: { a: 1 } } }),
  'Payment.search': async (bench) => {
    await bench.boleto()
    return new Payment(config()).search({ options: { sort: 'date_created', criteria: 'desc' } })
  },
  'Payment.searchAll': async (bench) => {
    for (let made = 0; made < 3; made++) await bench.boleto()
    const { paging } = await new Payment(config()).search({ options: { limit: 1 } })
    const found = await all(new Payment(config()).searchAll({ options: { limit: 2 } }))
    assert.equal(found.length, paging!.total)
    return found[2]
  },

  'PaymentRefund.create': async (bench) =>
    new PaymentRefund(config()).create({ payment_id: await bench.paid(), body: { amount: 1 } }),
  'PaymentRefund.total': async (bench) =>
    new PaymentRefund(config()).total({ payment_id: await bench.paid() }),
  'PaymentRefund.get': async (bench) => {
    const id = await bench.paid()
    const made = await new PaymentRefund(config()).total({ payment_id: id })
    return new PaymentRefund(config()).get({ payment_id: id, refund_id: made.id! })
  },
  'PaymentRefund.list': async (bench) => {
    const id = await bench.paid()
    await new PaymentRefund(config()).total({ payment_id: id })
    return new PaymentRefund(config()).list({ payment_id: id })
  },

  'Chargeback.get': async (bench) => new Chargeback(config()).get({ id: await bench.chargeback() }),
  'Chargeback.search': (bench) => bench.chargeback(),

  'Customer.create': (bench) => bench.customer(),
  'Customer.get': async (bench) =>
    new Customer(config()).get({ customerId: await bench.customer() }),
  'Customer.update': async (bench) =>
    new Customer(config()).update({
      customerId: await bench.customer(),
      body: { first_name: 'Ana' },
    }),
  'Customer.remove': async (bench) =>
    new Customer(config()).remove({ customerId: await bench.customer() }),
  'Customer.search': async (bench) => {
    await bench.customer()
    return new Customer(config()).search({ options: { limit: 1 } })
  },
  'Customer.searchAll': async (bench) => {
    for (let made = 0; made < 3; made++) await bench.customer()
    const { paging } = await new Customer(config()).search({ options: { limit: 1 } })
    const found = await all(new Customer(config()).searchAll({ options: { limit: 2 } }))
    assert.equal(found.length, paging!.total)
    return found[2]
  },
  'Customer.createCard': async (bench) =>
    new Customer(config()).createCard({
      customerId: await bench.customer(),
      body: { token: await bench.cardToken() },
    }),
  'Customer.getCard': async (bench) => new Customer(config()).getCard(await bench.customerCard()),
  'Customer.removeCard': async (bench) =>
    new Customer(config()).removeCard(await bench.customerCard()),
  'Customer.listCards': async (bench) =>
    new Customer(config()).listCards(await bench.customerCard()),

  'CustomerCard.create': (bench) => bench.customerCard(),
  'CustomerCard.get': async (bench) => new CustomerCard(config()).get(await bench.customerCard()),
  'CustomerCard.list': async (bench) => new CustomerCard(config()).list(await bench.customerCard()),
  'CustomerCard.update': async (bench) =>
    new CustomerCard(config()).update({
      ...(await bench.customerCard()),
      body: { expiration_month: 12 },
    }),
  'CustomerCard.remove': async (bench) =>
    new CustomerCard(config()).remove(await bench.customerCard()),

  'OAuth.create': (bench) => bench.grant(),
  'OAuth.refresh': async (bench) => {
    const { refresh_token: token } = await bench.grant()
    return new OAuth(config()).refresh({ body: { ...CLIENT, refresh_token: token } })
  },
  'OAuth.getAuthorizationURL': async ({ simulator }) => {
    const options = { client_id: CLIENT.client_id, redirect_uri: CALLBACK }
    const url = new URL(new OAuth(config()).getAuthorizationURL({ options }))
    const page = await fetch(simulator.url + url.pathname + url.search)
    return page.ok
  },
}
