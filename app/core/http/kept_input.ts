import type { HttpContext } from '@adonisjs/core/http'

const SECRET = /password|secret|token|^code$|^_/i
/** Stored sealed only: what is typed again is shown by the same answer (`pointOut`) or not at all. */
const SEALED = /^tax_?id$/i
const MAX_FIELDS = 100
const MAX_LENGTH = 5_000

/** The names of what was typed that may be shown in the form again. */
export const keptFields = (input: Record<string, unknown>): string[] =>
  Object.entries(input)
    .filter(([name, value]) => !SECRET.test(name) && JSON.stringify(value).length <= MAX_LENGTH)
    .map(([name]) => name)
    .slice(0, MAX_FIELDS)

/** Keeps what was typed in the session for the next page; nothing secret, and no megabytes. */
export function keepInput({ session, request }: HttpContext) {
  session.flashOnly(keptFields(request.original()).filter((name) => !SEALED.test(name)))
}
