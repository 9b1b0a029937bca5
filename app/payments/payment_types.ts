/** How a payer paid, as the provider groups its methods; each has its name in `payments.types`. */
export const paymentTypes = [
  'bank_transfer',
  'ticket',
  'atm',
  'credit_card',
  'debit_card',
  'prepaid_card',
  'account_money',
] as const

export type PaymentType = (typeof paymentTypes)[number]

/** The key of its name: the provider may have a group that nobody has named yet. */
export const typeName = (type: string): PaymentType | 'other' =>
  paymentTypes.find((known) => known === type) ?? 'other'
