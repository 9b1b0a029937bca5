import type { HttpContext } from '@adonisjs/core/http'
import KeptMail from '#app/core/models/kept_mail'

const LATEST = 100

/** A mail brings its own styles, and nothing that runs or is fetched from elsewhere. */
const MAIL_POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'`

/** The mails that development keeps instead of sending them. */
export default class KeptMailsController {
  async index({ view }: HttpContext) {
    const mails = await KeptMail.query().orderBy('id', 'desc').limit(LATEST)
    return view.render('pages/dev/mails', { mails })
  }

  /** The mail as its reader sees it; with `?as=text` the plain part. */
  async show({ params, request, response }: HttpContext) {
    const { html, text } = await KeptMail.findOrFail(params.id)
    response.header('Cache-Control', 'no-store')
    if (request.qs().as === 'text' || html === null) {
      return response.type('text/plain').send(text ?? '')
    }
    response.header('Content-Security-Policy', MAIL_POLICY)
    return response.type('text/html').send(html)
  }
}
