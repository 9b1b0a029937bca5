import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import StatementPolicy from '#app/payments/policies/statement_policy'
import { feeMonth, lastMonths, neighbourMonths } from '#app/payments/queries/fee_months'
import { statementParties } from '#app/payments/queries/statement_parties'

const MONTHS = 12

/** What the platform keeps of the tenant's sales, month by month. */
export default class FeesController {
  async index({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(StatementPolicy).authorize('view', membership)
    const months = lastMonths(MONTHS, tenant.timeZone)
    return view.render('pages/fees/index', {
      months: await Promise.all(months.map((month) => feeMonth(tenant, month))),
    })
  }

  async show({ bouncer, tenant, membership, params, view }: HttpContext) {
    await bouncer.with(StatementPolicy).authorize('view', membership)
    return view.render('pages/fees/show', {
      ...(await feeMonth(tenant, params.month)),
      currency: tenant.currency,
      parties: await statementParties(tenant),
      neighbours: neighbourMonths(params.month),
      made: clock.now(),
      home: `/t/${tenant.slug}/fees`,
    })
  }
}
