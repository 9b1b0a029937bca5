export interface Attempt {
  /** Simulated time, ms. */
  at: number
  /** What the receiver answered; null if it did not. */
  status: number | null
  error: string | null
  /** Real milliseconds until the answer. */
  duration_ms: number
  request_id: string
  signature: string | null
}

export type DeliveryState = 'pending' | 'held' | 'delivered' | 'failed' | 'dropped'

/** One notification on its way to one address. */
export interface Delivery {
  id: number
  accountId: number
  /** Of the application whose secret signs; null if the account has none registered. */
  clientId: string
  url: string
  /** `ipn` is the older kind: other parameters, a body of two fields. */
  format: 'webhook' | 'ipn'
  topic: string
  dataId: string
  body: Record<string, unknown>
  /** The id stands unquoted in the body, whatever a JSON number can hold. */
  bareId: boolean
  signing: 'signed' | 'unsigned' | 'forged'
  tsUnit: 's' | 'ms'
  /** The casing of the id inside the signature, not in the address. */
  signedIdCase: 'same' | 'lower'
  /** Overrides the clock in `ts`; seconds. */
  tsSeconds: number | null
  state: DeliveryState
  createdAt: number
  /** When it is sent next; retries count from `firstDueAt`. */
  dueAt: number
  firstDueAt: number
  /** Sent only after this other delivery was attempted. */
  after: number | null
  attempts: Attempt[]
}

/** What happened, in a word: some topics tell it in the plural. */
export function actionOf({ body }: Delivery): string {
  return String(body.action ?? body.resource ?? (body.actions as string[] | undefined)?.[0] ?? '')
}

export function bodyText({ body, bareId, dataId }: Delivery): string {
  const text = JSON.stringify(body)
  return bareId ? text.replace(`"id":"${dataId}"`, `"id":${dataId}`) : text
}
