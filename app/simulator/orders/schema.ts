/** What a field of a request may hold; the names of the rules are those of JSON Schema. */
export type Schema =
  | {
      type: 'string'
      minLength?: number
      maxLength?: number
      pattern?: RegExp
      enum?: readonly string[]
    }
  | { type: 'integer'; minimum: number; maximum: number }
  | { type: 'boolean' }
  | { type: 'array'; items: Schema; minItems?: number; maxItems?: number }
  | {
      type: 'object'
      properties?: Properties
      required?: readonly string[]
      minProperties?: number
    }

export type Properties = Readonly<Record<string, Schema>>

export const text: Schema = { type: 'string' }
export const flag: Schema = { type: 'boolean' }
export const anything: Schema = { type: 'object' }

export const upTo = (maxLength: number): Schema => ({ type: 'string', maxLength })
export const oneOf = (...allowed: readonly string[]): Schema => ({ type: 'string', enum: allowed })
export const listOf = (items: Schema): Schema => ({ type: 'array', items })

export type ViolationCode =
  | 'required_properties'
  | 'unsupported_properties'
  | 'minimum_properties'
  | 'property_type'
  | 'property_value'
  | 'minimum_items'
  | 'maximum_items'

export interface Violation {
  code: ViolationCode
  detail: string
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function violation(code: ViolationCode, path: string, words: string): Violation[] {
  return [{ code, detail: `'${path}' - ${words}` }]
}

function stringViolations(value: string, schema: Schema & { type: 'string' }, path: string) {
  const { minLength = 0, maxLength = Infinity, pattern, enum: allowed } = schema
  const wrong = (words: string) => violation('property_value', path, words)
  const { length } = value
  if (length < minLength) return wrong(`length must be >= ${minLength}, but got ${length}`)
  if (length > maxLength) return wrong(`length must be <= ${maxLength}, but got ${length}`)
  if (allowed && !allowed.includes(value)) {
    return wrong(`value must be one of ${allowed.map((one) => `"${one}"`).join(', ')}`)
  }
  return pattern && !pattern.test(value) ? wrong(`does not match pattern '${pattern.source}'`) : []
}

function arrayViolations(value: unknown[], schema: Schema & { type: 'array' }, path: string) {
  const { items, minItems = 0, maxItems = Infinity } = schema
  const found = `but found ${value.length}`
  if (value.length < minItems) {
    return violation('minimum_items', path, `minimum ${minItems} items required, ${found}`)
  }
  if (value.length > maxItems) {
    return violation('maximum_items', path, `maximum ${maxItems} items required, ${found}`)
  }
  return value.flatMap((item, index) => violationsOf(item, items, `${path}[${index}]`))
}

/** Null is as good as absent; an object without `properties` may hold anything. */
function objectViolations(
  value: Record<string, unknown>,
  schema: Schema & { type: 'object' },
  path: string
): Violation[] {
  const { properties, required = [], minProperties = 0 } = schema
  const given = Object.entries(value).filter(([, inner]) => inner !== null)
  const isMissing = (name: string) => value[name] === undefined || value[name] === null
  const missing = required
    .filter(isMissing)
    .flatMap((name) =>
      violation('required_properties', path, `required property '${name}' is missing`)
    )
  if (given.length < minProperties) {
    missing.push(
      ...violation(
        'minimum_properties',
        path,
        `minimum ${minProperties} properties allowed, but found ${given.length}`
      )
    )
  }
  if (!properties) return missing
  const inner = given.flatMap(([name, content]): Violation[] => {
    const here = `${path}.${name}`
    if (Object.hasOwn(properties, name)) return violationsOf(content, properties[name], here)
    return [
      { code: 'unsupported_properties', detail: `additionalProperties '${here}' not allowed` },
    ]
  })
  return [...missing, ...inner]
}

/** Everything that is wrong with `value`, in the order in which it was written. */
export function violationsOf(value: unknown, schema: Schema, path = '$'): Violation[] {
  if (typeOf(value) !== schema.type || value === null) {
    const got = value === null ? 'null' : typeOf(value).replace('integer', 'number')
    return violation('property_type', path, `expected ${schema.type}, but got ${got}`)
  }
  if (schema.type === 'string') return stringViolations(value as string, schema, path)
  if (schema.type === 'array') return arrayViolations(value as unknown[], schema, path)
  if (schema.type === 'object') {
    return objectViolations(value as Record<string, unknown>, schema, path)
  }
  if (schema.type === 'boolean') return []
  const { minimum, maximum } = schema
  const isInside = (value as number) >= minimum && (value as number) <= maximum
  return isInside
    ? []
    : violation(
        'property_value',
        path,
        `must be from ${minimum} to ${maximum}, but found ${String(value)}`
      )
}
