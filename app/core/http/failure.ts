import { DomainError } from '#app/core/errors'

/** What a request failed of, as far as its sender may know. */
export interface Failure {
  kind: 'domain' | 'validation' | 'login' | 'expired' | 'page'
  status: number
  /** Below `errors.`: of an expected failure. */
  key?: string
  params?: Record<string, string | number>
  /** Messages by form field. */
  fields?: { field: string; message: string; rule?: string }[]
}

const PAGES = [400, 403, 404, 413, 419, 429, 500, 503]

/** The status whose page and words serve this one. */
export const pageStatusOf = (status: number): number => {
  if (PAGES.includes(status)) return status
  return status >= 500 ? 500 : 400
}

const byCode: Record<string, Partial<Failure>> = {
  E_VALIDATION_ERROR: { kind: 'validation', status: 422 },
  E_UNAUTHORIZED_ACCESS: { kind: 'login', status: 401 },
  // The name that Laravel gave it: 403 would say that the role does not allow it.
  E_BAD_CSRF_TOKEN: { kind: 'expired', status: 419 },
}

interface Thrown {
  code?: string
  status?: number
  messages?: Failure['fields']
  response?: { status?: number }
}

/** Anything that is not expected is a 500, and says nothing of itself. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) {
    return { kind: 'domain', status: error.status, key: error.key, params: error.params }
  }
  const { code = '', status = 500, messages, response } = (error ?? {}) as Thrown
  const failure: Failure = { kind: 'page', status, ...byCode[code] }
  if (code === 'E_AUTHORIZATION_FAILURE') failure.status = response?.status ?? 403
  if (failure.kind === 'validation') failure.fields = messages ?? []
  return Number.isInteger(failure.status) && failure.status >= 400
    ? failure
    : { ...failure, status: 500 }
}
