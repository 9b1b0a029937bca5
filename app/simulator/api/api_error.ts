import { randomUUID } from 'node:crypto'
import { ERROR_CODES, type ErrorCode } from '../data/error_codes.js'

const ERROR_WORDS: Record<number, string> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
  422: 'unprocessable_entity',
  423: 'locked',
  424: 'failed_dependency',
  429: 'local_rate_limited',
  500: 'internal_error',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
}

/** A refusal with one of the numeric codes of the payments API. */
export class ApiError extends Error {
  readonly status: number

  constructor(
    readonly code: ErrorCode,
    detail?: string
  ) {
    super(detail ? `${ERROR_CODES[code][1]} : ${detail}` : ERROR_CODES[code][1])
    this.status = ERROR_CODES[code][0]
  }
}

function stamp(now: number): string {
  const [date, time] = new Date(now).toISOString().split(/[T.]/)
  return `${date.split('-').reverse().join('-')}T${time}UTC;${randomUUID()}`
}

/** The envelope of the classic family; `cause` is empty for failures without a code. */
export function errorBody(status: number, message: string, now: number, code?: number) {
  const cause = code === undefined ? [] : [{ code, description: message, data: stamp(now) }]
  return { message, error: ERROR_WORDS[status] ?? 'bad_request', status, cause }
}
