import { edgeGlobals } from 'edge.js'

/**
 * HTML attributes of a tag: true is a bare name; false, null and undefined are left out.
 * Edge's own `html.attrs` escapes nothing (6.5): a quote in what somebody typed would end the value.
 */
export function attributes(values: Record<string, unknown>) {
  const { escape, safe } = edgeGlobals.html
  const parts = Object.entries(values)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) => (value === true ? name : `${name}="${escape(String(value))}"`))
  return safe(parts.join(' '))
}
