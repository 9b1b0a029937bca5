import { DomainError } from '#app/core/errors'

/** It has ended, or somebody else ended it. */
export class ScheduleEnded extends DomainError {
  readonly key = 'schedules.ended'
}

/** The last day lies before the first due date. */
export class EndsBeforeItBegins extends DomainError {
  readonly key = 'schedules.ends_before_it_begins'
}

/** "{total}" stands in the description, and nobody said how many there are. */
export class TotalUnknown extends DomainError {
  readonly key = 'schedules.total_unknown'
}
