import type { HttpContext } from '@adonisjs/core/http'
import { requestedPeriod } from '#app/core/http/requested_period'
import { periodNames } from '#app/core/periods'
import { openSilences } from '#app/admin/queries/silences'
import { heldMoney, queueSizes, scheduleStatus, workers } from '#app/admin/queries/platform_status'
import { platformFigures } from '#app/payments/queries/figures'

export default class DashboardController {
  async show(ctx: HttpContext) {
    const { auth, view } = ctx
    const { timeZone } = auth.getUserOrFail()
    const { period, today } = await requestedPeriod(ctx, timeZone)
    return view.render('pages/admin/dashboard', {
      ...{ period, today, periodNames },
      figures: await platformFigures({ period, today, timeZone }),
      held: await heldMoney(),
      silences: await openSilences(),
      queues: await queueSizes(),
      workers: await workers(),
      schedules: await scheduleStatus(),
    })
  }
}
