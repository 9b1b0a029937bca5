/** Keys that never reach a log, at the top of a record or one level down. */
const secretKeys = [
  'password',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'clientSecret',
  'client_secret',
  'webhookSecret',
  'authorization',
  'cookie',
  'code',
  'state',
  'taxId',
  'tax_id',
  'email',
  'phone',
  'address',
  'identification',
]

export const redactedPaths = secretKeys.flatMap((key) => [
  `["${key}"]`,
  `*["${key}"]`,
  `*.*["${key}"]`,
])

/** What a database error may say in a log: Knex writes the bound values into its message. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: 'not an Error' }
  const { code, table, constraint, status } = error as unknown as Record<string, unknown>
  const fromDatabase =
    typeof code === 'string' && (/^SQLITE_/.test(code) || /^[0-9A-Z]{5}$/.test(code))
  return fromDatabase
    ? { name: 'DatabaseError', code, table, constraint }
    : { name: error.name, code, status, message: error.message, stack: error.stack }
}
