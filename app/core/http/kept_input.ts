import type { HttpContext } from '@adonisjs/core/http'

const SECRET = /password|secret|token|^code$|^_/i
const MAX_FIELDS = 100
const MAX_LENGTH = 5_000

/** The names of what was typed that may wait in the session for the form to be shown again. */
export const keptFields = (input: Record<string, unknown>): string[] =>
  Object.entries(input)
    .filter(([name, value]) => !SECRET.test(name) && JSON.stringify(value).length <= MAX_LENGTH)
    .map(([name]) => name)
    .slice(0, MAX_FIELDS)

/** Keeps what was typed for the next page; no password, and no megabytes. */
export function keepInput({ session, request }: HttpContext) {
  session.flashOnly(keptFields(request.original()))
}
