import { Payment, User } from 'mercadopago'
import { callOnce } from './adapter/call.js'
import { providerError } from './adapter/errors.js'
import { idText, list, object, required, text } from './adapter/json.js'
import { readPayment } from './adapter/payment_reader.js'
import { paymentRequest, wireTime } from './adapter/payment_request.js'
import type {
  AccountRef,
  NewProviderPayment,
  PaymentSearch,
  ProviderClient,
  ProviderPayment,
} from './provider.js'
import { ProviderCredentialRefused } from './provider_errors.js'
import { tokenKeeper } from './token_keeper.js'

/** Whose token it is. */
export interface ProviderUser {
  collectorId: string
  siteId: string
  nickname: string
  isTest: boolean
}

/** A write whose answer is not about what was asked says nothing of what was done. */
class AnotherAnswer extends Error {}

class MercadoPagoClient implements ProviderClient {
  constructor(private ref: AccountRef) {}

  createPayment(input: NewProviderPayment, idempotencyKey: string): Promise<ProviderPayment> {
    const body = paymentRequest(input)
    return this.#write(idempotencyKey, async (config) => {
      const payment = readPayment(await new Payment(config).create({ body }))
      if (payment.externalReference !== input.externalReference) throw new AnotherAnswer()
      return payment
    })
  }

  cancelPayment(id: string, idempotencyKey: string): Promise<ProviderPayment> {
    return this.#write(idempotencyKey, async (config) =>
      asked(id, readPayment(await new Payment(config).cancel({ id })))
    )
  }

  payment(id: string): Promise<ProviderPayment> {
    return this.#read(async (config) =>
      asked(id, readPayment(await new Payment(config).get({ id })))
    )
  }

  searchPayments(search: PaymentSearch): Promise<{ payments: ProviderPayment[]; total: number }> {
    return this.#read(async (config) => {
      const found = object(await new Payment(config).search({ options: searchOptions(search) }))
      const total = object(found.paging).total
      if (typeof total !== 'number') throw new AnotherAnswer()
      return { payments: list(found.results).map(readPayment), total }
    })
  }

  #read<Result>(operation: Operation<Result>) {
    return this.#call('read', operation)
  }

  #write<Result>(idempotencyKey: string, operation: Operation<Result>) {
    return this.#call('write', operation, idempotencyKey)
  }

  async #call<Result>(doing: 'read' | 'write', operation: Operation<Result>, key?: string) {
    const token = await tokenKeeper.accessToken(this.ref)
    try {
      return await callOnce(token, operation, key)
    } catch (error) {
      const failure = providerError(error, doing)
      // Another process may have stored a newer token: the next call looks.
      if (failure instanceof ProviderCredentialRefused) tokenKeeper.forget(this.ref)
      throw failure
    }
  }
}

type Operation<Result> = Parameters<typeof callOnce<Result>>[1]

function asked(id: string, payment: ProviderPayment): ProviderPayment {
  if (payment.id !== id) throw new AnotherAnswer()
  return payment
}

function searchOptions(search: PaymentSearch) {
  const { externalReference, updatedFrom, updatedTo, limit = 50, offset = 0 } = search
  const page = { limit, offset, sort: 'date_last_updated', criteria: 'asc' } as const
  return {
    ...page,
    ...(externalReference && { external_reference: externalReference }),
    ...(updatedFrom && {
      range: 'date_last_updated' as const,
      begin_date: wireTime(updatedFrom),
      end_date: updatedTo ? wireTime(updatedTo) : 'NOW',
    }),
  }
}

/** Mercado Pago, one account at a time. */
export const mercadoPago = {
  on: (ref: AccountRef): ProviderClient => new MercadoPagoClient(ref),

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
        isTest: Array.isArray(user.tags) && user.tags.includes('test_user'),
      }
    } catch (error) {
      throw providerError(error, 'read')
    }
  },
}
