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
  topic: string
  dataId: string
  body: Record<string, unknown>
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
