import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { describeError } from '#app/core/redaction'
import type { AccountRef, ConnectionRef } from './provider.js'
import {
  ProviderBusy,
  ProviderCredentialRefused,
  ProviderNotFound,
  ProviderOutcomeUnknown,
  ProviderRefused,
  type ProviderError,
} from './provider_errors.js'

const HOUR_MS = 3_600_000

interface Noted {
  failure: string | null
  atMs: number
}

/**
 * What a failed call says of the credential, in a word: "http_401", "busy", "unknown",
 * "unreadable". Null for a clear no to what was asked: whoever asked was known.
 */
export function failureOfCall(error: ProviderError): string | null {
  if (error instanceof ProviderRefused || error instanceof ProviderNotFound) return null
  if (error instanceof ProviderCredentialRefused) return `http_${error.status}`
  if (error instanceof ProviderBusy) return 'busy'
  return error instanceof ProviderOutcomeUnknown ? 'unknown' : 'unreadable'
}

/** How the calls of each connection end, written once an hour at most, and when that changes. */
class HealthNotes {
  #noted = new Map<string, Noted>()

  /** Never throws, and takes no part in the caller's work. Call it outside any transaction. */
  async note(ref: AccountRef, failure: string | null): Promise<void> {
    if (ref.kind === 'platform') return
    const atMs = clock.nowMs()
    const last = this.#noted.get(ref.id)
    if (last?.failure === failure && Math.abs(atMs - last.atMs) < HOUR_MS) return
    this.#noted.set(ref.id, { failure, atMs })
    try {
      await (failure === null ? noteSuccess(ref) : noteFailure(ref, failure))
    } catch (error) {
      this.#noted.delete(ref.id)
      logger.warn({ err: describeError(error) }, 'health of a connection not noted')
    }
  }
}

const rowOf = ({ tenantId, id }: ConnectionRef) =>
  db.from('tenant_gateway_configs').where({ tenant_id: tenantId, id })

/** Unless another process has just done so. */
const noteSuccess = (ref: ConnectionRef) =>
  rowOf(ref)
    .where((stale) => {
      stale
        .whereNull('last_success_at')
        .orWhere('last_success_at', '<', instantText(clock.now().minus({ hours: 1 })))
        .orWhereColumn('last_failure_at', '>=', 'last_success_at')
    })
    .update({ last_success_at: instantText(clock.now()) })

const noteFailure = (ref: ConnectionRef, failure: string) =>
  rowOf(ref).update({
    last_failure: failure.slice(0, 64),
    last_failure_at: instantText(clock.now()),
  })

export const healthNotes = new HealthNotes()
