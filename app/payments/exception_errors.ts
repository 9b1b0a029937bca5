import { DomainError } from '#app/core/errors'

/** Another person was faster. */
export class ExceptionResolved extends DomainError {
  readonly key = 'exceptions.resolved'
}

export class ExceptionNotFound extends DomainError {
  readonly key = 'exceptions.not_found'
}

/** What it is about has changed since the page was drawn. */
export class DecisionNotPossible extends DomainError {
  readonly key = 'exceptions.decision_not_possible'
}

/** Not open any more, or in another currency. */
export class NotLinkable extends DomainError {
  readonly key = 'exceptions.not_linkable'
}

/** The money is not there any more, is known by another charge, or the provider did not answer. */
export class MoneyNotFound extends DomainError {
  readonly key = 'exceptions.money_not_found'
}
