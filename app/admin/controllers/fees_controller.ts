import { errors, type HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import {
  feeMonth,
  feesOfMonth,
  lastMonths,
  neighbourMonths,
} from '#app/payments/queries/fee_months'
import { statementParties } from '#app/payments/queries/statement_parties'
import Tenant from '#app/tenants/models/tenant'

/** What the platform earned of its tenants. */
export default class FeesController {
  async index({ params, view }: HttpContext) {
    const [current] = lastMonths(1, 'utc')
    const month: string = params.month ?? current
    const fees = await feesOfMonth(month)
    return view.render('pages/admin/fees/index', {
      ...{ month, fees, isCurrent: month >= current },
      sums: sumsOf(fees),
      neighbours: neighbourMonths(month),
    })
  }

  async show({ params, request, view }: HttpContext) {
    const owner = await Tenant.find(params.id)
    if (!owner) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return view.render('pages/admin/fees/show', {
      ...(await feeMonth(owner, params.month)),
      ...{ owner, currency: owner.currency, made: clock.now() },
      parties: await statementParties(owner),
      neighbours: neighbourMonths(params.month),
    })
  }
}

/** Currencies are never added together. */
const sumsOf = (fees: Awaited<ReturnType<typeof feesOfMonth>>) =>
  [...Map.groupBy(fees, ({ tenant }) => tenant.currency)].map(([currency, rows]) => ({
    currency,
    netMinor: rows.reduce((sum, { totals }) => sum + totals.netMinor, 0),
    tenants: rows.length,
  }))
