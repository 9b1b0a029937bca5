import { markup, type Markup } from './markup.js'

/** What stands in a form: what was typed, and what was wrong with it. */
export interface Filled {
  value: (name: string) => string
  wrong: { field: string | null; message: string } | null
}

export interface Field {
  name: string
  label: string
  type?: string
  inputmode?: string
  autocomplete?: string
  usual?: string
  optional?: boolean
}

export function textField(filled: Filled, field: Field): Markup {
  const { name, label, type = 'text', inputmode, autocomplete = 'off', usual = '' } = field
  const value = filled.value(name) || usual
  const isWrong = filled.wrong?.field === name
  const control = markup`<input name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"
 ${inputmode && markup`inputmode="${inputmode}"`} ${!field.optional && 'required'}
 ${isWrong && markup`aria-invalid="true"`}>`
  return markup`<label>${label}${field.optional && ' (optional)'} ${control}</label>`
}

export interface Option {
  value: string
  label: string
}

export function selectField(
  filled: Filled,
  { name, label, usual = '' }: Field,
  options: Option[]
): Markup {
  const chosen = filled.value(name) || usual
  const choices = options.map(
    (option) =>
      markup`<option value="${option.value}" ${option.value === chosen && 'selected'}>${option.label}</option>`
  )
  return markup`<label>${label} <select name="${name}">${choices}</select></label>`
}
