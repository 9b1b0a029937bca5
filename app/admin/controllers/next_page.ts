import type { HttpContext } from '@adonisjs/core/http'

/** The address of the page after this one, with the same filters; null at the end. */
export function nextPage({ request }: HttpContext, after: string | null): string | null {
  if (!after) return null
  const query = new URLSearchParams(request.parsedUrl.query)
  query.set('after', after)
  return `${request.url()}?${query}`
}
