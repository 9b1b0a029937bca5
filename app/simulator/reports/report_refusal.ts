import { Refusal } from '../api/refusal.js'

/** Keys and words are documented; the other fields are there for clients of the classic envelope. */
export class ReportRefusal extends Refusal {
  constructor(status: 400 | 404 | 409, errorKey: string, message: string) {
    super(status, { errorKey, message, error: errorKey, status, cause: [] })
  }
}
