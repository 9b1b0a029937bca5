import type { HttpContext } from '@adonisjs/core/http'
import { heldMoney, queueSizes, scheduleStatus, workers } from '#app/admin/queries/platform_status'

export default class DashboardController {
  async show({ view }: HttpContext) {
    return view.render('pages/admin/dashboard', {
      held: await heldMoney(),
      queues: await queueSizes(),
      workers: await workers(),
      schedules: await scheduleStatus(),
    })
  }
}
