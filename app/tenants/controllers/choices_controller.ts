import type { HttpContext } from '@adonisjs/core/http'
import { membershipsOf } from '#app/tenants/queries/memberships'

/** The tenants that the reader may work in. */
export default class ChoicesController {
  async index({ auth, view }: HttpContext) {
    const memberships = await membershipsOf(auth.getUserOrFail().id)
    return view.render('pages/tenants/choices', { memberships })
  }
}
