import type { HttpContext } from '@adonisjs/core/http'

/** The address's values, without the fields that were left empty. */
export const filled = ({ request }: HttpContext): Record<string, unknown> =>
  Object.fromEntries(Object.entries(request.qs()).filter(([, value]) => value !== ''))

/** Where the reader's days begin. */
export const zoneOf = ({ auth }: HttpContext): string => auth.getUserOrFail().timeZone
