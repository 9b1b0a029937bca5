import logger from '@adonisjs/core/services/logger'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { describeError } from '#app/core/redaction'
import { liveAccounts, type GatewayAccount } from '#app/gateway/queries/accounts'
import { AskForCharges, type AskResult } from '#app/payments/actions/ask_for_charges'
import { SearchAccount } from '#app/payments/actions/search_account'
import Tenant from '#app/tenants/models/tenant'

export type ReconcileResult =
  | AskResult
  | { payment: string; account: string; outcome: 'found' | 'failed' }
  | { account: string; outcome: 'search_failed' }

interface ReconcileInput {
  /** Slug of the only tenant to look at: its charges, and no search of accounts. */
  tenant?: string
  /** How many charges to ask for, and how many found payments to settle, at most. */
  limit?: number
  /** How far back to search the accounts, and further where the last search is older; 0: not at all. */
  days: number
  dryRun?: boolean
  onResult?: (result: ReconcileResult) => void
}

export type ReconcileReport =
  { state: 'unknown_tenant' } | { state: 'done'; asked: number; found: number; failed: number }

/** Finds what notifications never told: charges that stay pending, payments never heard of. */
export class ReconcileReceivables {
  async handle(input: ReconcileInput): Promise<ReconcileReport> {
    const tenant = input.tenant ? await Tenant.findBy('slug', input.tenant) : undefined
    if (tenant === null) return { state: 'unknown_tenant' }
    const asked = await new AskForCharges().handle({ ...input, tenantId: tenant?.id })
    const searched = tenant ? { found: 0, failed: 0 } : await this.#search(input)
    return {
      state: 'done',
      asked: asked.asked,
      found: searched.found,
      failed: asked.failed + searched.failed,
    }
  }

  /** One account's failure must not hide the others' payments. */
  async #search(input: ReconcileInput): Promise<{ found: number; failed: number }> {
    const report = { found: 0, failed: 0 }
    if (input.days === 0) return report
    const updatedTo = clock.now()
    for (const account of await liveAccounts()) {
      try {
        const one = await this.#searchOne(account, updatedTo, input)
        report.found += one.found
        report.failed += one.failed
      } catch (error) {
        report.failed++
        input.onResult?.({ account: account.nickname, outcome: 'search_failed' })
        logger.error({ err: describeError(error), accountId: account.id }, 'account not searched')
      }
    }
    return report
  }

  async #searchOne(
    account: GatewayAccount,
    updatedTo: DateTime,
    { days, limit, dryRun, onResult }: ReconcileInput
  ): Promise<{ found: number; failed: number }> {
    const report = await new SearchAccount().handle({
      updatedFrom: searchFrom(account, updatedTo.minus({ days })),
      updatedTo,
      account,
      limit,
      dryRun,
      onNews: ({ id }, outcome) => onResult?.({ payment: id, account: account.nickname, outcome }),
    })
    const isWhole = !dryRun && limit === undefined
    if (isWhole) {
      account.searchedUntil = updatedTo
      await account.save()
    }
    return report
  }
}

/** A standstill leaves no gap: the search goes back to where the last whole one ended. */
function searchFrom({ searchedUntil }: GatewayAccount, usual: DateTime): DateTime {
  return searchedUntil && searchedUntil < usual ? searchedUntil : usual
}
