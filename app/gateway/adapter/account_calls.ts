import type { MercadoPagoConfig } from 'mercadopago'
import type { AccountRef } from '#app/gateway/provider'
import { ProviderCredentialRefused } from '#app/gateway/provider_errors'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { callOnce } from './call.js'
import { providerError } from './errors.js'

type Operation<Result> = (config: MercadoPagoConfig) => Promise<Result>

/** A write whose answer is not about what was asked says nothing of what was done. */
export class AnotherAnswer extends Error {}

/** Calls with one account's token; their failures are `Provider…` errors. */
export class AccountCalls {
  constructor(private ref: AccountRef) {}

  read<Result>(operation: Operation<Result>): Promise<Result> {
    return this.#call('read', operation)
  }

  write<Result>(operation: Operation<Result>, idempotencyKey?: string): Promise<Result> {
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
