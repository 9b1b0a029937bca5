import { clock } from '#app/core/clock'
import { startSimulator, type RunningSimulator } from '#app/simulator/main'

/**
 * The Mercado Pago of this test run: in this process, on the port that `environment.ts` chose, and
 * as new before each test. `/_simulator` calls answer once what they caused was notified.
 */
const url = process.env.MERCADOPAGO_API_URL as string
const CLOCK_URL = `${url}/_simulator/clock`

let running: RunningSimulator | undefined

/** For `tests/bootstrap.ts`. @returns how to end it. */
export async function runSimulator(): Promise<() => Promise<void>> {
  running = await startSimulator({ port: Number(new URL(url).port), appUrl: process.env.APP_URL })
  return async () => {
    await running?.close()
    running = undefined
  }
}

async function call<Body = any>(method: string, path: string, body?: object): Promise<Body> {
  const response = await fetch(url + path, {
    method,
    // A kept connection may be closed by the other side just when a long test ends.
    headers: { connection: 'close', ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
  return (text ? JSON.parse(text) : undefined) as Body
}

const control = <Body = any>(method: string, path: string, body?: object) =>
  call<Body>(method, `/_simulator${path}`, body)

export const simulator = {
  url,

  /** Any call of its control API, e.g. `control('POST', '/payments/1/pay', {})`. */
  control,

  /** The payer pays; with an amount (decimal) another one than was asked. */
  pay: (paymentId: string | number, amount?: number) =>
    control('POST', `/payments/${paymentId}/pay`, amount === undefined ? {} : { amount }),

  /** The provider's own view of a payment. */
  payment: (paymentId: string | number) => control('GET', `/payments/${paymentId}`),

  /** Moves business time, the app's with it, and lets happen what falls due. */
  async advance({ days = 0, seconds = 0 }: { days?: number; seconds?: number }) {
    await control('POST', '/clock', { advance_seconds: days * 86_400 + seconds })
    await clock.follow(CLOCK_URL)
  },

  /** Misbehaves: `{ kind: 'hang', route: 'POST /v1/payments', times: 1 }`. */
  fault: (fault: Record<string, unknown>) => control<{ id: number }>('POST', '/faults', fault),

  /** Sends a notification made by hand; `user_id` and `data_id` are needed. */
  notify: (notification: Record<string, unknown>) =>
    control('POST', '/notifications', notification),

  /** Everything that waits to be notified is sent now. */
  flush: () => control<{ attempted: number }>('POST', '/deliveries/flush', {}),

  /** What it did, oldest first. */
  journal: () => control<Record<string, any>[]>('GET', '/journal?limit=10000'),

  /** Back to its scenario; business time is real again. */
  async reset() {
    clock.reset()
    if (running) await control('POST', '/reset', {})
  },
}
