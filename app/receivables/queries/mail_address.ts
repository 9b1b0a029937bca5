import type Customer from '#app/receivables/models/customer'

/** Where a customer's mails go; null for one that was erased or has no address. */
export const addressOf = ({ email, erasedAt }: Customer): string | null =>
  erasedAt ? null : email || null
