import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import StatementPolicy from '#app/payments/policies/statement_policy'
import { heldBack } from '#app/payments/queries/holdbacks'
import { releases } from '#app/payments/queries/releases'

/** When pending money becomes available. */
export default class ReleasesController {
  async index({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(StatementPolicy).authorize('view', membership)
    const days = await releases({ tenantId: tenant.id, timeZone: tenant.timeZone })
    const today = clock.today(tenant.timeZone)
    const held = await heldBack({ tenantId: tenant.id, timeZone: tenant.timeZone })
    let running = 0
    return view.render('pages/statement/releases', {
      today,
      held: held.filter(({ currency }) => currency === tenant.currency),
      days: days
        .filter(({ currency }) => currency === tenant.currency)
        .map((release) => ({
          ...release,
          isLate: release.day !== null && release.day < today,
          runningMinor: (running += release.amountMinor),
        })),
    })
  }
}
