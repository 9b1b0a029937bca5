import pg from 'pg'

const DATE_OID = 1082

/** A calendar day has no time zone: the driver's default turns it into a local midnight. */
export function calendarDatesAsText() {
  pg.types.setTypeParser(DATE_OID, (value) => value)
}
