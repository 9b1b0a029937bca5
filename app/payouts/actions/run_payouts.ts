import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { describeError } from '#app/core/redaction'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import GatewayConfig from '#app/gateway/models/gateway_config'
import Tenant from '#app/tenants/models/tenant'
import { PayoutNotPossible } from '#app/payouts/errors'
import { hindranceOf, type Hindrance } from '#app/payouts/hindrance'
import Payout from '#app/payouts/models/payout'
import { openPayout } from '#app/payouts/open_payout'
import { noteSeen } from '#app/payouts/seen_schedules'
import { payoutStandings, type PayoutStanding } from '#app/payouts/queries/payout_standing'
import { dueDate, scheduledAmount } from '#app/payouts/scheduled_payout'

const PAGE = 200

export type RunOutcome =
  | { outcome: 'created'; payoutId: string | null; amountMinor: number }
  | { outcome: 'skipped'; reason: Hindrance['reason'] | 'already_created' | 'not_due' }
  | { outcome: 'failed' }

/** `date` is the one that the tenant is paid for, its own; a dry run creates nothing and has no payout ids. */
export type RunResult = { tenant: string; currency: string; date: string } & RunOutcome

interface RunPayoutsInput {
  /** Slug of the only tenant to look at. */
  tenant?: string
  /** How many payouts to create at most. */
  limit?: number
  dryRun?: boolean
  actor: { kind: 'worker' } | { kind: 'command' }
  onResult?: (result: RunResult) => void
  /** How many tenants there are to look at, before the first of them. */
  onStart?: (tenants: number) => void
}

export type RunReport =
  { state: 'switched_off' | 'unknown_tenant' } | { state: 'done'; created: number; failed: number }

/**
 * Requests the payouts that are due by their tenants' schedules, once per tenant, currency and date
 * of the tenant. Each is one transaction of its own, so
 * that a run killed anywhere is continued by the next one, and two at once share the work.
 */
export class RunPayouts {
  async handle(input: RunPayoutsInput): Promise<RunReport> {
    const config = await GatewayConfig.current()
    if (!config.automaticTransfer) return { state: 'switched_off' }
    if (input.tenant && !(await Tenant.findBy('slug', input.tenant))) {
      return { state: 'unknown_tenant' }
    }
    input.onStart?.(await this.#count(input.tenant))
    const report = { state: 'done' as const, created: 0, failed: 0 }
    for await (const standing of this.#automaticTenants(input)) {
      if (report.created === input.limit) break
      const result = await this.#payOut(standing, config.payoutWaitingDays, input)
      if (result.outcome === 'created') report.created++
      if (result.outcome === 'failed') report.failed++
      input.onResult?.(result)
    }
    return report
  }

  async #count(slug?: string): Promise<number> {
    const query = Tenant.query().where('automatic_payouts', true).count('* as total')
    if (slug) query.where('slug', slug)
    const [{ $extras }] = await query
    return Number($extras.total)
  }

  /** In pages by id, each with what its tenants were paid for their date already. */
  async *#automaticTenants({ tenant: slug, dryRun }: RunPayoutsInput) {
    for (let after = ''; ;) {
      const page = await payoutStandings(db.connection(), (query) => {
        query.where('tenants.automatic_payouts', true)
        if (slug) query.where('tenants.slug', slug)
        if (after) query.where('tenants.id', '>', after)
        query.orderBy('tenants.id').limit(PAGE)
      })
      const paidOut = await this.#alreadyCreated(page)
      for (const standing of page) {
        const date = dateOf(standing)
        yield { ...standing, date, isPaidOut: date !== null && paidOut.has(keyOf(standing, date)) }
      }
      // Only now: a run that is killed before looks at them again.
      if (!dryRun) await noteSeen(page)
      if (page.length < PAGE) return
      after = page[page.length - 1].tenantId
    }
  }

  async #alreadyCreated(page: PayoutStanding[]): Promise<Set<string>> {
    const payouts = await Payout.query()
      .whereIn(
        'tenant_id',
        page.map(({ tenantId }) => tenantId)
      )
      .whereIn('scheduled_for', [...new Set(page.flatMap((one) => dateOf(one) ?? []))])
    return new Set(payouts.map((payout) => keyOf(payout, payout.scheduledFor!)))
  }

  async #payOut(
    standing: PayoutStanding & { date: string | null; isPaidOut: boolean },
    waitingDays: number,
    input: RunPayoutsInput
  ): Promise<RunResult> {
    const { slug, currency, date } = standing
    const told = { tenant: slug, currency, date: date ?? todayOf(standing) }
    if (!date) return { ...told, outcome: 'skipped', reason: 'not_due' }
    if (standing.isPaidOut) return { ...told, outcome: 'skipped', reason: 'already_created' }
    const hindrance = hindranceOf(standing, { waitingDays, now: clock.now() })
    if (hindrance) return { ...told, outcome: 'skipped', reason: hindrance.reason }
    const amountMinor = scheduledAmount(standing)
    if (amountMinor === null) return { ...told, outcome: 'skipped', reason: 'below_minimum' }
    if (input.dryRun) return { ...told, outcome: 'created', payoutId: null, amountMinor }
    return { ...told, ...(await this.#create(standing, date, input)) }
  }

  /** One tenant's failure must not keep the others from their money. */
  async #create(
    { tenantId, currency }: PayoutStanding,
    scheduledFor: string,
    { actor }: RunPayoutsInput
  ): Promise<RunOutcome> {
    try {
      const payout = await transaction((trx) =>
        openPayout(trx, {
          tenantId,
          currency,
          amountMinor: 'scheduled',
          scheduledFor,
          requestedBy: null,
          actor,
        })
      )
      return { outcome: 'created', payoutId: payout.id, amountMinor: payout.amountMinor }
    } catch (error) {
      // Another run was faster: the unique index, or the balance that it emptied, says so.
      if (isUniqueViolation(error, 'scheduled_for')) {
        return { outcome: 'skipped', reason: 'already_created' }
      }
      if (error instanceof PayoutNotPossible) {
        return { outcome: 'skipped', reason: error.hindrance.reason }
      }
      logger.error({ tenantId, error: describeError(error) }, 'payout not created')
      return { outcome: 'failed' }
    }
  }
}

const todayOf = ({ timeZone }: PayoutStanding) => clock.today(timeZone)

const dateOf = (standing: PayoutStanding) => dueDate(standing, todayOf(standing))

const keyOf = ({ tenantId, currency }: { tenantId: string; currency: string }, date: string) =>
  `${tenantId} ${currency} ${date}`
