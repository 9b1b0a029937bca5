/**
 * What an answer is held against: the name of each field, and what it holds. `time` is the API's
 * spelling of a moment, `utc` the other one. Of an array the first element is described; one that
 * is empty in the documentation is just `array`.
 */
export type Shape = Kind | [Shape] | { [field: string]: Shape }

type Kind = 'string' | 'number' | 'boolean' | 'null' | 'time' | 'utc' | 'object' | 'array'

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}-04:00$/
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'absent'
  if (Array.isArray(value)) return 'array'
  if (typeof value !== 'string') return typeof value
  if (TIME.test(value)) return 'time'
  return UTC.test(value) ? 'utc' : 'string'
}

function fieldsOf(value: object, shape: { [field: string]: Shape }, path: string): string[] {
  const undocumented = Object.keys(value)
    .filter((name) => !(name in shape))
    .map((name) => `${path}.${name} is not documented`)
  const wrong = Object.entries(shape).flatMap(([name, inner]) => {
    return differences((value as Record<string, unknown>)[name], inner, `${path}.${name}`)
  })
  return [...wrong, ...undocumented]
}

/** Every field that is missing, of another type, or in no documentation. */
export function differences(value: unknown, shape: Shape, path = ''): string[] {
  const kind = kindOf(value)
  if (typeof shape === 'string') {
    return kind === shape ? [] : [`${path} is ${kind}, not ${shape}`]
  }
  if (Array.isArray(shape)) {
    if (kind !== 'array') return [`${path} is ${kind}, not array`]
    const elements = value as unknown[]
    if (elements.length === 0) return [`${path} is empty`]
    return elements.flatMap((element, index) => differences(element, shape[0], `${path}.${index}`))
  }
  return kind === 'object' ? fieldsOf(value as object, shape, path) : [`${path} is ${kind}`]
}
