import type { HttpContext } from '@adonisjs/core/http'
import { membershipsOf } from '#app/tenants/queries/memberships'

/** Where everybody begins. */
export default class HomeController {
  async show({ auth, response, session }: HttpContext) {
    session.reflash()
    const user = auth.getUserOrFail()
    if (user.isPlatformAdmin) return response.redirect('/admin')
    const memberships = await membershipsOf(user.id, { limit: 2 })
    return response.redirect(
      memberships.length === 1 ? `/t/${memberships[0].tenant.slug}` : '/tenants'
    )
  }
}
