import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import {
  PLATFORM_ACCESS_TOKEN,
  startSimulator,
  type SimulatorOptions,
} from '../../../app/simulator/main.js'

export interface Received {
  url: URL
  headers: IncomingMessage['headers']
  body: Record<string, any>
}

/** An application's webhook endpoint that answers what `respond` says. */
export async function startReceiver(
  respond: (count: number) => number = () => 200,
  hear: (text: string) => void = () => {}
) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const url = new URL(request.url!, 'http://receiver')
    const text = String(Buffer.concat(chunks))
    hear(text)
    received.push({
      url,
      headers: request.headers,
      body: JSON.parse(text),
    })
    response.writeHead(respond(received.length)).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, received, close }
}

export interface Answered {
  status: number
  headers: Headers
  body: any
}

export async function bodyOf(answer: Promise<Answered>) {
  const { body } = await answer
  return body
}

export async function statusOf(answer: Promise<{ status: number }>): Promise<number> {
  const { status } = await answer
  return status
}

export async function textOf(answer: Promise<Response>): Promise<string> {
  const response = await answer
  return response.text()
}

/** A simulator without listeners at its webhook, unless `appUrl` is given, and ways to call it. */
export async function startTestSimulator(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ appUrl: 'http://127.0.0.1:1', ...options })

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<Answered> {
    const response = await fetch(simulator.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'authorization': `Bearer ${PLATFORM_ACCESS_TOKEN}`,
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    }
  }

  const post = (path: string, body: unknown, key: string = randomUUID()) =>
    call('POST', path, body, { 'x-idempotency-key': key })

  return {
    ...simulator,
    call,
    post,
    get: (path: string) => call('GET', path),
    control: (path: string, body: unknown = {}) => call('POST', `/_simulator${path}`, body),
    payment: (id: number) => bodyOf(call('GET', `/v1/payments/${id}`)),
    charge: (overrides: Record<string, unknown> = {}) =>
      bodyOf(post('/v1/payments', { ...boletoRequest(), ...overrides })),
    async journal(effectPrefix?: string) {
      const { body } = await call('GET', '/_simulator/journal')
      if (!effectPrefix) return body as Record<string, any>[]
      return (body as Record<string, any>[]).filter((entry) =>
        entry.effect?.startsWith(effectPrefix)
      )
    },
  }
}

export type TestSimulator = Awaited<ReturnType<typeof startTestSimulator>>

export function boletoRequest(): Record<string, any> {
  return {
    transaction_amount: 150,
    payment_method_id: 'bolbradesco',
    description: 'Monthly fee',
    external_reference: 'c-0195f0a2',
    payer: {
      email: 'ana@example.com',
      first_name: 'Ana',
      last_name: 'Lima',
      identification: { type: 'CPF', number: '12345678909' },
      address: {
        zip_code: '01310-100',
        street_name: 'Avenida Paulista',
        street_number: '1000',
        neighborhood: 'Bela Vista',
        city: 'São Paulo',
        federal_unit: 'SP',
      },
    },
  }
}

export function pixRequest(): Record<string, any> {
  return {
    transaction_amount: 100,
    payment_method_id: 'pix',
    external_reference: 'c-pix',
    payer: { email: 'ana@example.com' },
  }
}
