import type { MercadoPagoConfig } from 'mercadopago'
import { failureOfCall, healthNotes } from '#app/gateway/health_notes'
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
    const once = async (token: string) => {
      try {
        const answer = await callOnce(token, operation, key)
        await healthNotes.note(this.ref, null)
        return answer
      } catch (error) {
        const failure = providerError(error, doing)
        await healthNotes.note(this.ref, failureOfCall(failure))
        throw failure
      }
    }
    const token = await tokenKeeper.accessToken(this.ref)
    try {
      return await once(token)
    } catch (error) {
      // Nothing was done: the same call may be made once more, with a token that is accepted.
      if (!(error instanceof ProviderCredentialRefused) || error.status !== 401) throw error
      const other = await tokenKeeper.replacementFor(this.ref, token)
      if (other === null) throw error
      return once(other)
    }
  }
}
