import type { HttpContext } from '@adonisjs/core/http'
import { Exception } from '@adonisjs/core/exceptions'
import type { NextFn } from '@adonisjs/core/types/http'

export class UnreadableInput extends Exception {
  static status = 400
  static code = 'E_UNREADABLE_INPUT'
}

/** PostgreSQL stores no NUL in a text and would answer with an error of its own. */
export default class PlainTextMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const input = JSON.stringify([request.original(), request.qs(), request.params()])
    if (input.includes('\\u0000')) throw new UnreadableInput()
    return next()
  }
}
