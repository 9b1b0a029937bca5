import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

export const MAX_BODY_BYTES = 1024 * 1024

export class BodyTooLarge extends Error {
  constructor() {
    super(`the body exceeds ${MAX_BODY_BYTES} bytes`)
  }
}

export class BadAddress extends Error {
  constructor() {
    super('the address cannot be read')
  }
}

export class BodyNotJson extends Error {
  constructor() {
    super('the body is not JSON')
  }
}

/** One request, read whole. */
export interface Call {
  method: string
  /** Without a trailing slash. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
  params: Record<string, string>
}

/** Throws BodyTooLarge, BadAddress. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const url = URL.parse(request.url ?? '/', 'http://simulator')
  if (!url) throw new BadAddress()
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/\/+$/, '') || '/',
    query: url.searchParams,
    headers: request.headers,
    body: await readBody(request),
    params: {},
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** An absent body is an empty object. Throws BodyNotJson. */
export function jsonBody(call: Call): unknown {
  if (call.body.trim() === '') return {}
  try {
    return JSON.parse(call.body)
  } catch {
    throw new BodyNotJson()
  }
}

export function formBody(call: Call): URLSearchParams {
  return new URLSearchParams(call.body)
}

export function header(call: Call, name: string): string | null {
  const value = call.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** A page of another site must not move the simulator while its owner browses there. */
export function comesFromAnotherSite(call: Call): boolean {
  return call.method !== 'GET' && call.headers['sec-fetch-site'] === 'cross-site'
}
