import type { IncomingMessage } from 'node:http'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { describeError } from '#app/core/redaction'
import { Door, type Answer } from '#app/webhooks/door/door'
import webhooks from '#start/webhooks'

const ADDRESS = /^\/webhooks\/mercadopago\/?$/
const LARGEST_BODY_BYTES = 64 * 1024

const door = new Door(webhooks)

const statuses: Record<Answer, number> = { ok: 200, invalid_tenant: 400, bad_signature: 401 }

/**
 * `POST /webhooks/mercadopago`. It stands before everything else of the server, as nothing of it is
 * meant for a machine: no session, no CSRF, no page headers, and the body is read as it was sent.
 */
export default class DoorMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const { request } = ctx
    const isForUs = request.request.method === 'POST' && ADDRESS.test(request.url())
    return isForUs ? this.#answer(ctx) : next()
  }

  async #answer({ request, response, logger }: HttpContext) {
    const body = await readBody(request.request)
    if (body === null) {
      return response.header('connection', 'close').status(413).json({ status: 'unreadable' })
    }
    try {
      const answer = await door.knock({
        query: request.parsedUrl.query ?? '',
        body,
        signature: request.header('x-signature'),
        requestId: request.header('x-request-id'),
        sender: request.ip(),
      })
      return response.status(statuses[answer]).json({ status: answer })
    } catch (error) {
      logger.error({ err: describeError(error) }, 'a notification could not be stored')
      return response.status(503).json({ status: 'not_stored' })
    }
  }
}

/** The body as it was sent; null when it is too large or was cut off. */
function readBody(message: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      // What comes beyond is read and dropped: a sender that is still writing hears no answer.
      if (bytes > LARGEST_BODY_BYTES) resolve(null)
      else chunks.push(chunk)
    })
    message.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    message.once('error', () => resolve(null))
    message.once('close', () => resolve(null))
  })
}
