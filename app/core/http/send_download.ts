import type { HttpContext } from '@adonisjs/core/http'

interface Download {
  name: string
  contentType: string
  content: string | Buffer
}

/** A file to be kept, never opened as a page of ours: somebody else may have made it. */
export function sendDownload({ response }: HttpContext, { name, contentType, content }: Download) {
  response.header('Content-Disposition', `attachment; filename="${name}"`)
  response.header('Content-Security-Policy', `default-src 'none'; sandbox; frame-ancestors 'none'`)
  response.header('X-Content-Type-Options', 'nosniff')
  response.header('Cache-Control', 'no-store')
  return response.type(contentType).send(content)
}
