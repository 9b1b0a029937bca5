import { ERROR_CODES, type ErrorCode } from '../data/error_codes.js'
import { CALL_FAULTS, DELIVERY_FAULTS, type Fault, type FaultKind } from '../faults/fault.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { apiRoutes } from '../api/routes.js'
import { consentRoutes } from '../pages/authorization.js'
import { inputOf, integer, oneOf, text, type Input } from './input.js'
import { Problem } from './problem.js'

export const FAULT_KINDS = [...CALL_FAULTS, ...DELIVERY_FAULTS]
export const FAULTY_ROUTES = Object.keys({ ...apiRoutes, ...consentRoutes })

const NAMES = [
  'kind',
  'account_id',
  'route',
  'times',
  'ms',
  'copies',
  'status',
  'code',
  'retry_after_seconds',
  'bytes',
  'collector_id',
  'currency_id',
] as const

const MAX_MS = 30 * 24 * 3600 * 1000
const MAX_BYTES = 256 * 1024 * 1024

function readCode(input: Input, kind: FaultKind): ErrorCode | null {
  const code = integer(input, 'code', 1)
  if (code === undefined && kind !== 'refusal') return null
  if (code !== undefined && code in ERROR_CODES) return code as ErrorCode
  throw new Problem(400, `code must be one of ${Object.keys(ERROR_CODES).join(', ')}`)
}

/** Throws Problem. */
export function readFault(input: Input): Omit<Fault, 'id'> {
  const kind = oneOf(input, 'kind', FAULT_KINDS)
  if (!kind) throw new Problem(400, `kind is needed: one of ${FAULT_KINDS.join(', ')}`)
  return {
    kind,
    account_id: integer(input, 'account_id', 1) ?? null,
    route: oneOf(input, 'route', FAULTY_ROUTES) ?? null,
    times: integer(input, 'times', 1) ?? null,
    ms: integer(input, 'ms', 0, MAX_MS) ?? null,
    copies: integer(input, 'copies', 1, 100) ?? null,
    status: integer(input, 'status', 400, 599) ?? null,
    code: readCode(input, kind),
    retry_after_seconds: integer(input, 'retry_after_seconds', 0, 86_400) ?? null,
    bytes: integer(input, 'bytes', 1, MAX_BYTES) ?? null,
    collector_id: integer(input, 'collector_id', 1) ?? null,
    currency_id: text(input, 'currency_id') ?? null,
  }
}

export const listFaults: Handler = (sim) => json(200, sim.faults.list())

export const storeFault: Handler = (sim, call) =>
  json(201, sim.faults.add(readFault(inputOf(call, NAMES))))

export const destroyFault: Handler = (sim, call) => {
  if (!sim.faults.remove(Number(call.params.id))) {
    throw new Problem(404, `there is no fault ${call.params.id}`)
  }
  return { status: 204, headers: {}, body: '' }
}

export const destroyFaults: Handler = (sim) => {
  sim.faults.clear()
  return { status: 204, headers: {}, body: '' }
}
