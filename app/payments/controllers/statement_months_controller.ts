import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { withQuery } from '#app/core/http/query_string'
import { endOfDay, monthPeriod, startOfDay } from '#app/core/periods'
import { balanceAt } from '#app/ledger/queries/balance_at'
import { movementTotals } from '#app/ledger/queries/movement_totals'
import { typeName } from '#app/payments/payment_types'
import StatementPolicy from '#app/payments/policies/statement_policy'
import { statement } from '#app/payments/queries/statement'
import { statementParties } from '#app/payments/queries/statement_parties'

/** Longer months are printed as their sums; the file has each movement. */
const MOST_PRINTED = 1000

/** A month on paper: who, opening and closing balance, sums by kind, and the movements in order. */
export default class StatementMonthsController {
  async show(ctx: HttpContext) {
    const { tenant, membership, view, params } = ctx
    await ctx.bouncer.with(StatementPolicy).authorize('view', membership)
    const days = monthPeriod(params.month)
    const from = startOfDay(days.from, tenant.timeZone)
    const until = endOfDay(days.until, tenant.timeZone)
    const which = { tenantId: tenant.id, currency: tenant.currency, from, until }
    const { lines, next } = await statement({ ...which, limit: MOST_PRINTED })
    return view.render('pages/statement/month', {
      ...{ days, typeName, month: params.month, lines: lines.toReversed(), isCut: Boolean(next) },
      totals: await movementTotals(which),
      opening: await balanceAt({ ...which, before: from }),
      closing: await balanceAt({ ...which, before: until }),
      parties: await statementParties(tenant),
      isOver: days.until < clock.today(tenant.timeZone),
      made: clock.now(),
      months: { previous: neighbour(from, -1), next: neighbour(from, 1) },
      exportQuery: withQuery(days),
    })
  }
}

const neighbour = (from: ReturnType<typeof startOfDay>, months: number) =>
  from.plus({ months }).toFormat('yyyy-MM')
