import { Refusal } from '../api/refusal.js'

/** The codes of the card token API, some of which are words. */
const CODES = {
  '205': 'parameter card_number can not be null/empty',
  'E301': "invalid parameter 'card_number'",
  '208': 'parameter expiration_month can not be null/empty',
  '209': 'parameter expiration_year can not be null/empty',
  '325': "invalid parameter 'expiration_month'",
  '326': "invalid parameter 'expiration_year'",
  '224': 'parameter security_code can not be null/empty',
  'E302': "invalid parameter 'security_code'",
  '221': 'parameter cardholder.name can not be null/empty',
  '316': "invalid parameter 'cardholder.name'",
  '322': "invalid parameter 'cardholder.identification.type'",
  '324': "invalid parameter 'cardholder.identification.number'",
  'E203': 'invalid parameter card_id',
} as const

/** What tells the fields of a card apart that a payer filled in wrongly. */
export class CardRefusal extends Refusal {
  constructor(readonly code: keyof typeof CODES) {
    const description = CODES[code]
    const cause = [{ code, description }]
    super(400, { message: description, error: 'bad_request', status: 400, cause })
  }
}
