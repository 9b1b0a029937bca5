import { DomainError } from '#app/core/errors'

/** The form came without a usable key: posted by hand, or from a page of long ago. */
export class FormKeyMissing extends DomainError {
  readonly key = 'forms.key_missing'
}

/** The same form was posted before and has no result yet, or its process died on the way. */
export class FormStillRunning extends DomainError {
  static status = 409
  readonly key = 'forms.still_running'
}
