import type { HttpContext } from '@adonisjs/core/http'

/** What a member sees first. */
export default class OverviewsController {
  show({ view }: HttpContext) {
    return view.render('pages/tenants/overview')
  }
}
