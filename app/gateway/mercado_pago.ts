import { MerchantOrder, Payment, PaymentMethod, User } from 'mercadopago'
import { AccountCalls, AnotherAnswer } from './adapter/account_calls.js'
import { callOnce } from './adapter/call.js'
import { Checkout } from './adapter/checkout.js'
import { providerError } from './adapter/errors.js'
import { idText, list, object, required, text } from './adapter/json.js'
import { readMethods } from './adapter/method_reader.js'
import { readNews, readPayment } from './adapter/payment_reader.js'
import { paymentRequest, wireTime } from './adapter/payment_request.js'
import type {
  AccountRef,
  NewProviderPayment,
  NewsSearch,
  PaymentNews,
  PaymentSearch,
  ProviderCheckout,
  ProviderClient,
  ProviderMethod,
  ProviderPayment,
} from './provider.js'

/** Whose token it is. */
export interface ProviderUser {
  collectorId: string
  siteId: string
  nickname: string
  /** Enough for the owner to recognise it: "m…@example.com". */
  maskedEmail: string | null
  isTest: boolean
}

class MercadoPagoClient implements ProviderClient {
  #calls: AccountCalls

  constructor(ref: AccountRef) {
    this.#calls = new AccountCalls(ref)
  }

  createPayment(input: NewProviderPayment, idempotencyKey: string): Promise<ProviderPayment> {
    const body = paymentRequest(input)
    return this.#calls.write(async (config) => {
      const payment = readPayment(await new Payment(config).create({ body }))
      if (payment.externalReference !== input.externalReference) throw new AnotherAnswer()
      return payment
    }, idempotencyKey)
  }

  cancelPayment(id: string, idempotencyKey: string): Promise<ProviderPayment> {
    return this.#calls.write(
      async (config) => asked(id, readPayment(await new Payment(config).cancel({ id }))),
      idempotencyKey
    )
  }

  payment(id: string): Promise<ProviderPayment> {
    return this.#calls.read(async (config) =>
      asked(id, readPayment(await new Payment(config).get({ id })))
    )
  }

  async searchPayments({ externalReference, limit = 50 }: PaymentSearch) {
    const search = { external_reference: externalReference, limit, offset: 0 }
    return { payments: await this.#search(search, readPayment) }
  }

  changedPayments({ updatedFrom, updatedTo, ...page }: NewsSearch): Promise<PaymentNews[]> {
    const range = { range: 'date_last_updated' as const, begin_date: wireTime(updatedFrom) }
    return this.#search({ ...page, ...range, end_date: wireTime(updatedTo) }, readNews)
  }

  #search<Result>(search: SearchOptions, read: (found: unknown) => Result): Promise<Result[]> {
    const options = { ...search, sort: 'date_last_updated', criteria: 'asc' } as const
    return this.#calls.read(async (config) => {
      const { paging, results } = object(await new Payment(config).search({ options }))
      if (typeof object(paging).total !== 'number') throw new AnotherAnswer()
      return list(results).map(read)
    })
  }

  methods(currency: string): Promise<ProviderMethod[]> {
    return this.#calls.read(async (config) =>
      readMethods(await new PaymentMethod(config).get(), currency)
    )
  }

  paymentsOfOrder(id: string): Promise<string[]> {
    return this.#calls.read(async (config) => {
      const order = object(await new MerchantOrder(config).get({ merchantOrderId: id }))
      if (idText(order.id) !== id) throw new AnotherAnswer()
      return list(order.payments).flatMap((payment) => idText(payment.id) ?? [])
    })
  }

  ownId(): Promise<string> {
    return this.#calls.read(async (config) =>
      required(idText(object(await new User(config).get()).id), 'id')
    )
  }
}

function maskedEmail(email: string | null): string | null {
  const [name, domain] = email?.split('@') ?? []
  return domain ? `${name.slice(0, 1)}…@${domain}`.slice(0, 120) : null
}

function asked(id: string, payment: ProviderPayment): ProviderPayment {
  if (payment.id !== id) throw new AnotherAnswer()
  return payment
}

type SearchOptions = NonNullable<NonNullable<Parameters<Payment['search']>[0]>['options']>

/** Mercado Pago, one account at a time. */
export const mercadoPago = {
  on: (ref: AccountRef): ProviderClient => new MercadoPagoClient(ref),

  /** Its payment links. */
  checkoutOn: (ref: AccountRef): ProviderCheckout => new Checkout(ref),

  /**
   * Asks whose token this is, before anything is kept of it.
   * @throws ProviderError
   */
  async whoIs(token: string): Promise<ProviderUser> {
    try {
      const user = object(await callOnce(token, (config) => new User(config).get()))
      return {
        collectorId: required(idText(user.id), 'id'),
        siteId: required(text(user.site_id), 'site_id'),
        nickname: text(user.nickname) ?? required(idText(user.id), 'id'),
        maskedEmail: maskedEmail(text(user.email)),
        isTest: Array.isArray(user.tags) && user.tags.includes('test_user'),
      }
    } catch (error) {
      throw providerError(error, 'read')
    }
  },
}
