import type { HttpContext } from '@adonisjs/core/http'
import type { Actor } from '#app/core/audit'

/** Who sent this request: only for pages behind a login. */
export const actorOf = ({ auth, request }: HttpContext): Actor => ({
  kind: 'user',
  userId: auth.getUserOrFail().id,
  ip: request.ip(),
})
