export interface Reply {
  status: number
  headers: Record<string, string>
  body: string | Buffer
  /** What is too long to be held: sent piece by piece instead of the body. */
  stream?: Iterable<string>
  /** `cut` breaks the connection half way through the body, `slow` pauses there, `never` does not answer at all. */
  sending?: 'cut' | 'slow' | 'never'
  /** How long it pauses, real milliseconds. */
  pauseMs?: number
}

export function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

export function html(body: string, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

export function redirect(location: string): Reply {
  return { status: 303, headers: { location }, body: '' }
}
