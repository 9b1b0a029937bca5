import { DateTime } from 'luxon'

export const frequencies = ['daily', 'weekly', 'monthly'] as const
export type Frequency = (typeof frequencies)[number]

/** The days on which a tenant is paid out. A month without such a day has its last one instead. */
export interface DueDays {
  frequency: Frequency
  /** From Monday, 1. */
  weekday: number
  monthDay: number
}

const isoOf = (day: DateTime) => day.toISODate()!
const dayOf = (date: string) => DateTime.fromISO(date, { zone: 'utc' })

const inMonth = (month: DateTime, day: number) =>
  month.set({ day: Math.min(day, month.daysInMonth!) })

/** The last due date up to and with a date, "2026-11-21". */
export function dueUpTo({ frequency, weekday, monthDay }: DueDays, date: string): string {
  const day = dayOf(date)
  if (frequency === 'daily') return date
  if (frequency === 'weekly') return isoOf(day.minus({ days: (day.weekday - weekday + 7) % 7 }))
  const here = inMonth(day, monthDay)
  return isoOf(here <= day ? here : inMonth(day.startOf('month').minus({ months: 1 }), monthDay))
}

/** The first due date from a date on, that date too. */
export function dueFrom({ frequency, weekday, monthDay }: DueDays, date: string): string {
  const day = dayOf(date)
  if (frequency === 'daily') return date
  if (frequency === 'weekly') return isoOf(day.plus({ days: (weekday - day.weekday + 7) % 7 }))
  const here = inMonth(day, monthDay)
  return isoOf(here >= day ? here : inMonth(day.startOf('month').plus({ months: 1 }), monthDay))
}

export const dayAfter = (date: string): string => isoOf(dayOf(date).plus({ days: 1 }))
