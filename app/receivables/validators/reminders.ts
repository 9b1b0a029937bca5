import vine from '@vinejs/vine'

const MOST_EACH = 5
const FARTHEST_DAYS = 60

/** "5, 3 1" → [5, 3, 1]; null when something else is in it. */
export function readDays(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const days = parts.map(Number)
  const fits = days.every((day) => Number.isInteger(day) && day >= 1 && day <= FARTHEST_DAYS)
  return fits && days.length <= MOST_EACH ? [...new Set(days)] : null
}

const isDays = vine.createRule((value, _, field) => {
  const { t } = field.meta as { t: (key: string) => string }
  if (typeof value === 'string' && readDays(value) === null) {
    field.report(t('mails.reminders.invalid_days'), 'days', field)
  }
})

const days = () => vine.string().trim().maxLength(40).use(isDays()).optional()

export const remindersValidator = vine.withMetaData<{ t: (key: string) => string }>().create({
  is_on: vine.boolean().optional(),
  before: days(),
  on_due_date: vine.boolean().optional(),
  after: days(),
  hour: vine.number().withoutDecimals().range([0, 23]),
})

interface RemindersForm {
  before?: string
  on_due_date?: boolean
  after?: string
}

/** Days from the due date, the earliest first. */
export function daysOf({ before = '', on_due_date: onDueDate, after = '' }: RemindersForm) {
  const early = (readDays(before) ?? []).map((day) => -day)
  const late = readDays(after) ?? []
  return [...early, ...(onDueDate ? [0] : []), ...late].sort((one, other) => one - other)
}
