import { Refusal } from './refusal.js'

/** The customers API has codes of its own, written as text: code, status and words. */
const CODES = {
  '101': [400, 'the customer already exist'],
  '105': [404, 'the customer id is invalid'],
  '106': [400, 'the email format is invalid'],
  '118': [400, 'the body has to be a Json object'],
  '119': [400, 'the card is required'],
  '120': [404, 'the card not found'],
  '122': [400, 'the card data is invalid'],
  '125': [400, 'invalid parameters'],
  '126': [400, 'invalid parameter. You cannot update the email'],
  '127': [400, 'invalid parameter. Cannot resolve the payment method of card'],
  '150': [400, 'invalid users involved'],
} as const

const WORDS = { 400: 'bad_request', 404: 'not_found' } as const

export class CustomerRefusal extends Refusal {
  constructor(code: keyof typeof CODES, detail?: string) {
    const [status, words] = CODES[code]
    const description = detail ? `${words}: ${detail}` : words
    const cause = [{ code, description }]
    super(status, { message: description, error: WORDS[status], status, cause })
  }
}
