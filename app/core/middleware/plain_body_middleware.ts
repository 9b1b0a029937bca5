import type { HttpContext } from '@adonisjs/core/http'
import { Exception } from '@adonisjs/core/exceptions'
import type { NextFn } from '@adonisjs/core/types/http'

export class CompressedBody extends Exception {
  static status = 415
  static code = 'E_COMPRESSED_BODY'
}

/** No browser compresses what it sends, and the body parser answers what does not unpack with a 500. */
export default class PlainBodyMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const encoding = request.header('content-encoding', 'identity')
    if (encoding !== 'identity') throw new CompressedBody()
    return next()
  }
}
