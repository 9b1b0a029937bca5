import { isObject, type Body } from '../payments/payment_request.js'
import { defaultColumns, isColumn } from './columns.js'
import type { Frequency, ReportKind } from './report.js'
import { ReportRefusal } from './report_refusal.js'

/** What a seller set, to be answered again, with what a report cannot do without. */
export type ReportConfig = Body & {
  file_name_prefix: string
  columns: { key: string }[]
  frequency: Frequency
  separator: string
  display_timezone: string
}

const FLAGS: Record<ReportKind, string[]> = {
  release: [
    'include_withdrawal_at_end',
    'include_withdrawal',
    'execute_after_withdrawal',
    'check_available_balance',
    'compensate_detail',
    'refund_detailed',
    'coupon_detailed',
  ],
  settlement: [
    'include_withdraw',
    'shipping_detail',
    'show_fee_prevision',
    'show_chargeback_cancel',
    'refund_detailed',
    'coupon_detailed',
  ],
}

const SEPARATORS: Record<ReportKind, string> = { release: ',', settlement: ';' }
const LANGUAGES = ['en', 'es', 'pt']
const LAST_DAY = { daily: Infinity, weekly: 7, monthly: 31 }

export function defaultConfig(kind: ReportKind, accountId: number): ReportConfig {
  return {
    file_name_prefix: `${kind}-report-${accountId}`,
    columns: defaultColumns(kind).map((key) => ({ key })),
    frequency: { hour: 0, type: 'monthly', value: 1 },
    separator: SEPARATORS[kind],
    display_timezone: 'GMT-04',
  }
}

function refuse(name: string): ReportRefusal {
  return new ReportRefusal(400, `invalid_${name}`, `Invalid ${name.replaceAll('_', ' ')}.`)
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
}

function readFrequency(value: unknown): Frequency {
  const { hour, type, value: day } = isObject(value) ? value : {}
  if (type !== 'daily' && type !== 'weekly' && type !== 'monthly') throw refuse('frequency')
  if (!isWhole(hour, 0, 23)) throw refuse('frequency')
  if (type !== 'daily' && !isWhole(day, 1, LAST_DAY[type])) throw refuse('frequency')
  return { hour, type, value: type === 'daily' ? 1 : (day as number) }
}

function readColumns(value: unknown, kind: ReportKind): { key: string }[] {
  const keys = Array.isArray(value) ? value.map((column) => isObject(column) && column.key) : []
  if (keys.length === 0 || !keys.every((key) => isColumn(kind, key))) throw refuse('columns')
  return keys.map((key) => ({ key: key as string }))
}

/** A name that is also a part of an address. */
function readPrefix(value: unknown): string {
  if (typeof value === 'string' && /^[\w.-]{1,100}$/.test(value)) return value
  throw refuse('file_name_prefix')
}

function matching(body: Body, name: string, pattern: RegExp, fallback: string): string {
  const value = body[name] ?? fallback
  if (typeof value === 'string' && pattern.test(value)) return value
  throw refuse(name)
}

function readExtras(body: Body, kind: ReportKind): Body {
  const extras: Body = {}
  for (const name of FLAGS[kind].filter((flag) => body[flag] !== undefined)) {
    if (typeof body[name] !== 'boolean') throw refuse(name)
    extras[name] = body[name]
  }
  const { report_translation: language, notification_email_list: emails, sftp_info: sftp } = body
  if (language !== undefined) {
    if (!LANGUAGES.includes(String(language))) throw refuse('report_translation')
    extras.report_translation = language
  }
  if (emails !== undefined) {
    if (!Array.isArray(emails)) throw refuse('notification_email_list')
    extras.notification_email_list = emails
  }
  if (sftp !== undefined) {
    if (!isObject(sftp)) throw refuse('sftp_info')
    extras.sftp_info = sftp
  }
  return extras
}

/** What it does not know it leaves out. Throws ReportRefusal. */
export function readConfig(body: unknown, kind: ReportKind): ReportConfig {
  if (!isObject(body)) throw refuse('file_config')
  return {
    file_name_prefix: readPrefix(body.file_name_prefix),
    columns: readColumns(body.columns, kind),
    frequency: readFrequency(body.frequency),
    separator: matching(body, 'separator', /^[^\w"\r\n.+-]$/, SEPARATORS[kind]),
    display_timezone: matching(body, 'display_timezone', /^GMT[+-](0\d|1[0-4])$/, 'GMT-04'),
    ...readExtras(body, kind),
  }
}
