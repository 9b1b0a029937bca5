import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { describeError } from '#app/core/redaction'
import { transaction } from '#app/core/transaction'
import { NoCredential } from '#app/gateway/gateway_errors'
import {
  ProviderBusy,
  ProviderCredentialRefused,
  ProviderError,
  ProviderRefused,
} from '#app/gateway/provider_errors'
import { makeLink, makePayment } from '#app/receivables/make_charge'
import { RecordIssue } from '#app/receivables/actions/record_issue'
import Charge from '#app/receivables/models/charge'
import { retryAfterSeconds } from '#app/receivables/retries'

/** Asks the provider to make what a `creating` charge says, and writes down what came of it. */
export class SendCharge {
  /**
   * @param repeated an earlier call may have been done: a refusal then proves nothing by itself
   * @returns the charge as it is afterwards
   */
  async handle(charge: Charge, { repeated }: { repeated: boolean }): Promise<Charge> {
    try {
      const make = charge.method === 'link' ? makeLink : makePayment
      return await new RecordIssue().handle(charge, await make(charge, repeated))
    } catch (error) {
      if (error instanceof ProviderRefused) return this.#reject(charge, error)
      const accountFails =
        error instanceof ProviderCredentialRefused || error instanceof NoCredential
      if (accountFails && !repeated) return this.#end(charge, 'credential')
      if (error instanceof ProviderError || accountFails) return this.#postpone(charge, error)
      throw error
    }
  }

  #reject(charge: Charge, { code, providerMessage }: ProviderRefused) {
    return this.#end(charge, code, providerMessage)
  }

  /** A clear no: the receivable may be charged again. */
  #end(charge: Charge, code: string, message: string | null = null): Promise<Charge> {
    return this.#change(charge, (row) => {
      row.moveTo('rejected')
      row.failureCode = code.slice(0, 64)
      row.failureMessage = message?.slice(0, 255) ?? null
    })
  }

  /** Nobody knows yet: the worker asks again. */
  #postpone(charge: Charge, error: unknown): Promise<Charge> {
    logger.warn({ err: describeError(error), chargeId: charge.id }, 'charge of unknown outcome')
    const asked = (error instanceof ProviderBusy && error.retryAfterSeconds) || 0
    return this.#change(charge, (row) => {
      row.attempts += 1
      row.failureCode = error instanceof ProviderBusy ? 'busy' : 'unknown'
      const seconds = Math.max(retryAfterSeconds(row.attempts), asked)
      row.nextAttemptAt = clock.now().plus({ seconds })
    })
  }

  /** A notification may have told the outcome meanwhile: then there is nothing left to say. */
  #change({ id, tenantId }: Charge, change: (row: Charge) => void): Promise<Charge> {
    return transaction(async (trx) => {
      const row = await Charge.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (row.state !== 'creating') return row
      change(row)
      return row.save()
    })
  }
}
