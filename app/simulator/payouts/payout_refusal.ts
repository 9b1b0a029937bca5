import { Refusal } from '../api/refusal.js'

/** The words are documented, the envelope is not: it holds what clients of both families look for. */
export class PayoutRefusal extends Refusal {
  constructor(
    status: 400 | 404 | 500,
    code: string,
    message: string,
    readonly details: string[] = []
  ) {
    super(status, { code, message, error: code, status, cause: [], details })
  }
}

export function invalidField(field: string): PayoutRefusal {
  return new PayoutRefusal(400, 'invalid_field', `invalid value for field: ${field}`)
}
