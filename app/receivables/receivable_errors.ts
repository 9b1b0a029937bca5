import { DomainError } from '#app/core/errors'

/** Paid, cancelled or given back: nothing is left to be charged. */
export class NothingToCharge extends DomainError {
  readonly key = 'receivables.nothing_to_charge'
}

/** What was offered for more than is still owed is not closed at the provider yet. */
export class EarlierWaysOpen extends DomainError {
  readonly key = 'receivables.earlier_ways_open'
}

/** Somebody changed it, or paid a part of it, at this very moment. */
export class ReceivableChanged extends DomainError {
  readonly key = 'receivables.changed_meanwhile'
}

/** Only what nobody was offered yet can be changed. */
export class NotDraft extends DomainError {
  readonly key = 'receivables.not_draft'
}

/** The method is not issued where the account is. */
export class MethodNotOffered extends DomainError {
  readonly key = 'receivables.method_not_offered'
}

/** A bank registers a boleto with the payer's whole address. */
export class CustomerAddressMissing extends DomainError {
  readonly key = 'receivables.customer_address_missing'
}

/** Less, or more, than the method may carry there; `limit` is an amount in words. */
export class AmountTooSmall extends DomainError {
  readonly key = 'receivables.amount_too_small'
}

export class AmountTooLarge extends DomainError {
  readonly key = 'receivables.amount_too_large'
}

/** Fine, interest and discount are fixed once something was offered to the customer. */
export class TermsFixed extends DomainError {
  readonly key = 'receivables.terms_fixed'
}

/** A boleto lives at least one day, a Pix half an hour. */
export class PayUntilTooSoon extends DomainError {
  readonly key = 'receivables.pay_until_too_soon'
}

/** So far after the due date nothing with a limited life can be issued on or before it. */
export class PayUntilTooLate extends DomainError {
  readonly key = 'receivables.pay_until_too_late'
}

/** The last day to pay lies before the due date. */
export class PayUntilBeforeDue extends DomainError {
  readonly key = 'receivables.pay_until_before_due'
}

/** Money came, or it has ended already. */
export class CannotBeCancelled extends DomainError {
  readonly key = 'receivables.cannot_be_cancelled'
}

/** A charge whose outcome is unknown, or which the provider did not cancel: try again later. */
export class NotCancelledYet extends DomainError {
  readonly key = 'receivables.not_cancelled_yet'
}

/** The store is not the tenant's, or not one of the member's. */
export class NoSuchStore extends DomainError {
  readonly key = 'receivables.no_such_store'
}

export class NoSuchCustomer extends DomainError {
  readonly key = 'receivables.no_such_customer'
}

/** Another customer of the tenant has this tax id. */
export class CustomerExists extends DomainError {
  readonly key = 'customers.exists'
}

/** A paid or otherwise ended receivable: there is nothing to send. */
export class NothingToSend extends DomainError {
  readonly key = 'receivables.nothing_to_send'
}

/** The installation has no mail server. */
export class MailsNotSent extends DomainError {
  readonly key = 'receivables.mails_not_sent'
}

/** The customer has no e-mail address, or was erased. */
export class NoAddress extends DomainError {
  readonly key = 'receivables.no_address'
}
