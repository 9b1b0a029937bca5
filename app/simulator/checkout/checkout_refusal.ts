import { ApiError } from '../api/api_error.js'
import { CardRefusal } from '../cards/card_refusal.js'

/** What a payer must do otherwise, and the field of the form that it is about. */
export class CheckoutRefusal extends Error {
  constructor(
    readonly field: string | null,
    message: string
  ) {
    super(message)
  }
}

/** Codes of the payments and card token APIs, by the field of the form that they are about. */
const FIELDS: Record<string, string[]> = {
  email: ['4050', '4051', '2034'],
  first_name: ['4094'],
  last_name: ['4095'],
  identification_number: ['4097', '4098', '2067', '322', '324'],
  zip_code: ['7521'],
  card_number: ['205', 'E301', '3028'],
  expiration_month: ['208', '325', '3029'],
  expiration_year: ['209', '326', '3030'],
  security_code: ['224', 'E302', '3012'],
  cardholder: ['221', '316', '3000'],
  installments: ['4004', '4005', '4033'],
}

function fieldOf(code: string): string | null {
  return Object.keys(FIELDS).find((name) => FIELDS[name].includes(code)) ?? null
}

/** What the API would refuse, in the payer's form; anything else is thrown again. */
export function refusalOf(error: unknown): CheckoutRefusal {
  if (error instanceof CheckoutRefusal) return error
  if (error instanceof ApiError) return new CheckoutRefusal(fieldOf(`${error.code}`), error.message)
  if (error instanceof CardRefusal) return new CheckoutRefusal(fieldOf(error.code), error.message)
  throw error
}
