import { DomainError } from '#app/core/errors'

/** It is no text that we can read: empty, a spreadsheet's own file, a picture. */
export class FileUnreadable extends DomainError {
  readonly key = 'imports.file_unreadable'
}

/** Another import of the same kind has not ended yet. */
export class ImportUnderWay extends DomainError {
  readonly key = 'imports.under_way'
}

/** It was confirmed or discarded meanwhile, or has bad lines. */
export class ImportNotConfirmable extends DomainError {
  readonly key = 'imports.not_confirmable'
}

/** Confirmed ones run to their end. */
export class ImportNotDiscardable extends DomainError {
  readonly key = 'imports.not_discardable'
}
