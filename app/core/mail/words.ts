import i18nManager from '@adonisjs/i18n/services/main'
import type { DateTime } from 'luxon'
import { formatDate, formatInstant } from '#app/core/date_text'
import { formatLocale } from '#app/core/format_locale'
import { formatMoney } from '#app/core/money_text'

interface Place {
  /** The language of who reads. */
  locale: string
  /** Of the tenant: how amounts are written, and what day it is. */
  country: string
  timeZone: string
}

/** Texts, amounts and dates as the reader of a mail writes them. */
export function wordsOf({ locale, country, timeZone }: Place) {
  const i18n = i18nManager.locale(locale)
  const format = formatLocale(locale, country)
  return {
    locale,
    t: (key: string, values?: Record<string, string | number>) => i18n.t(key, values),
    money: (amountMinor: number, currency: string) =>
      formatMoney({ amountMinor, currency }, format),
    date: (value: string | DateTime) => formatDate(value, format, timeZone),
    dateTime: (value: DateTime) => formatInstant(value, format, timeZone),
  }
}

export type Words = ReturnType<typeof wordsOf>
