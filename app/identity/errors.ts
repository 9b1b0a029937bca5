import { DomainError } from '#app/core/errors'

/** No such user, a wrong password or a disabled user: which of them is nobody's business. */
export class InvalidCredentials extends DomainError {
  readonly key = 'identity.invalid_credentials'
}

/** `minutes`: how long to wait. */
export class TooManyAttempts extends DomainError {
  static status = 429
  readonly key = 'identity.too_many_attempts'
}

/** The password that was asked for again is not the user's. */
export class WrongPassword extends DomainError {
  readonly key = 'identity.wrong_password'
}
