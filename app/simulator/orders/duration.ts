import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.js'

/** ISO 8601, such as `P3DT12H`: at least one part, and after a T another. */
export const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,4})S)?)?$/

/** Milliseconds of each part; a year counts 365 days and a month 30. */
const PARTS_MS = [365 * DAY_MS, 30 * DAY_MS, 7 * DAY_MS, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS]

/** Milliseconds of a text that fits `DURATION`. */
export function durationMs(text: string): number {
  const counts = DURATION.exec(text)!.slice(1)
  return counts.reduce((sum, count, index) => sum + Number(count ?? 0) * PARTS_MS[index], 0)
}
