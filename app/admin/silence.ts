import { DateTime } from 'luxon'

/** How many news came in one hour of UTC: "2026-11-21T10". */
export interface NewsHour {
  hour: string
  count: number
}

export interface Expectation {
  /** How many news usually come in such hours as the silence had. */
  news: number
  /** How unlikely such a silence is by chance: 7 is one in a thousand. */
  surprise: number
  /** On how many days before it news came. */
  days: number
}

/** Of an account's habits so much is looked at. */
export const HABIT_DAYS = 14

/** A shorter silence is nobody's alarm; a busy account has one of an hour now and then. */
export const SILENT_HOURS_AT_LEAST = 2
const DAYS_AT_LEAST = 3
const SURPRISE_AT_LEAST = 7

/** Whether so long a silence is told of. Of a small account it takes days. */
export const isAlarming = ({ surprise, days }: Expectation) =>
  days >= DAYS_AT_LEAST && surprise >= SURPRISE_AT_LEAST

interface Slot {
  /** How often such an hour was, how often with news, and how many. */
  seen: number
  hits: number
  news: number
}

/**
 * What an account's last two weeks make expect of the hours since. Hours are compared with the same
 * hour of working days or of weekends, where the account lives: a closed shop is no silence.
 * @param history the hours with news until the last one, in any order
 */
export function expectation(
  history: NewsHour[],
  silence: { since: DateTime; until: DateTime },
  timeZone: string
): Expectation {
  const slotOf = (hour: DateTime) => {
    const local = hour.setZone(timeZone)
    return `${local.isWeekend ? 'weekend' : 'week'} ${local.hour}`
  }
  const slots = habits(history, silence.since, slotOf)
  let [news, surprise] = [0, 0]
  const first = silence.since.startOf('hour').plus({ hours: 1 })
  // The hour that is not over yet may still bring some.
  for (let hour = first; hour.plus({ hours: 1 }) <= silence.until; hour = hour.plus({ hours: 1 })) {
    const slot = slots.get(slotOf(hour))
    if (!slot) continue
    news += slot.news / slot.seen
    // As if it had once been silent: nothing is certain after two weeks.
    surprise -= Math.log(1 - slot.hits / (slot.seen + 1))
  }
  const days = new Set(history.map(({ hour }) => hour.slice(0, 10)))
  return { news, surprise, days: days.size }
}

function habits(history: NewsHour[], until: DateTime, slotOf: (hour: DateTime) => string) {
  const counts = new Map(history.map(({ hour, count }) => [hour, count]))
  const slots = new Map<string, Slot>()
  const oldest = [...counts.keys()].sort().at(0)
  if (!oldest) return slots
  const last = until.startOf('hour')
  for (
    let hour = DateTime.fromISO(`${oldest}:00:00Z`, { zone: 'utc' });
    hour <= last;
    hour = hour.plus({ hours: 1 })
  ) {
    const count = counts.get(hour.toUTC().toFormat("yyyy-MM-dd'T'HH")) ?? 0
    const slot = slots.get(slotOf(hour)) ?? { seen: 0, hits: 0, news: 0 }
    slots.set(slotOf(hour), {
      seen: slot.seen + 1,
      hits: slot.hits + (count > 0 ? 1 : 0),
      news: slot.news + count,
    })
  }
  return slots
}
