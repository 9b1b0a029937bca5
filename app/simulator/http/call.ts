import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

export const MAX_BODY_BYTES = 1024 * 1024

/** Files and what a form wraps around them. */
const MAX_UPLOAD_BYTES = 11 * MAX_BODY_BYTES

export class BodyTooLarge extends Error {
  constructor(limit: number) {
    super(`the body exceeds ${limit} bytes`)
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
  /** The body as it came, where it is a form with files; empty otherwise. */
  upload: Buffer
  params: Record<string, string>
}

/** Throws BodyTooLarge, BadAddress. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const url = URL.parse(request.url ?? '/', 'http://simulator')
  if (!url) throw new BadAddress()
  const isUpload = request.headers['content-type']?.startsWith('multipart/form-data') ?? false
  const bytes = await readBody(request, isUpload ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES)
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/\/+$/, '') || '/',
    query: url.searchParams,
    headers: request.headers,
    body: isUpload ? '' : bytes.toString('utf8'),
    upload: isUpload ? bytes : Buffer.alloc(0),
    params: {},
  }
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= limit) chunks.push(chunk)
  }
  // Heard out all the same: whoever still sends would find the connection broken, and no answer.
  if (bytes > limit) throw new BodyTooLarge(limit)
  return Buffer.concat(chunks)
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

/** The files of an upload; none if it is something else. */
export async function filesOf({
  upload,
  headers,
}: Call): Promise<{ name: string; content: Buffer }[]> {
  const type = headers['content-type'] ?? ''
  if (upload.length === 0) return []
  const form = await new Response(new Uint8Array(upload), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData())
  const files = [...form.values()].filter((value) => value instanceof File)
  return Promise.all(
    files.map(async (file) => ({ name: file.name, content: Buffer.from(await file.arrayBuffer()) }))
  )
}

export function header(call: Call, name: string): string | null {
  const value = call.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** A page of another site must not move the simulator while its owner browses there. */
export function comesFromAnotherSite(call: Call): boolean {
  return call.method !== 'GET' && call.headers['sec-fetch-site'] === 'cross-site'
}
