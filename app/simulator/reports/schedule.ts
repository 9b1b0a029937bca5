import { DAY_MS, HOUR_MS, SECOND_MS } from '../time.js'
import type { Frequency, Schedule } from './report.js'

/** Days since 1970-01-01, a Thursday. */
function fallsOn({ type, value }: Frequency, day: number): boolean {
  if (type === 'daily') return true
  if (type === 'weekly') return ((day + 3) % 7) + 1 === value
  const date = new Date(day * DAY_MS)
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0))
  return date.getUTCDate() === Math.min(value, lastOfMonth.getUTCDate())
}

/** The run before (-1) or after (+1) a moment, which is none itself. */
export function runBeside(
  frequency: Frequency,
  offsetHours: number,
  moment: number,
  direction: -1 | 1
): number {
  const local = moment + offsetHours * HOUR_MS
  for (let day = Math.floor(local / DAY_MS); ; day += direction) {
    const run = day * DAY_MS + frequency.hour * HOUR_MS
    const isBeyond = direction === 1 ? run > local : run < local
    if (isBeyond && fallsOn(frequency, day)) return run - offsetHours * HOUR_MS
  }
}

/** The period ends with the second before the run, where the next one begins. */
export function scheduleAfter(
  frequency: Frequency,
  offsetHours: number,
  moment: number
): Pick<Schedule, 'beginAt' | 'endAt' | 'generationAt'> {
  const generationAt = runBeside(frequency, offsetHours, moment, 1)
  return {
    beginAt: runBeside(frequency, offsetHours, generationAt, -1),
    endAt: generationAt - SECOND_MS,
    generationAt,
  }
}
