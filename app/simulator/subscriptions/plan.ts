import type { Cycle } from './cycle.js'

/** What is charged and how often. */
export interface Terms extends Cycle {
  amountMinor: number
  freeTrial: Cycle | null
  /** How many instalments; null goes on until somebody ends it. Only plans have the last three. */
  repetitions: number | null
  billingDay: number | null
  /** Whether the first instalment is the part of a cycle that is left until the billing day. */
  billingDayProportional: boolean
}

/** Nothing in either list allows every card. */
export interface MethodsAllowed {
  types: string[]
  methods: string[]
}

/** A template of subscriptions. Times in ms since 1970. */
export interface Plan {
  id: string
  accountId: number
  /** Of the application that made it. */
  clientId: string
  siteId: string
  status: 'active' | 'cancelled'
  version: number
  reason: string
  backUrl: string
  externalReference: string | null
  terms: Terms
  methodsAllowed: MethodsAllowed | null
  liveMode: boolean
  createdAt: number
  updatedAt: number
}

export function allows(plan: Plan | null, method: { id: string; typeId: string }): boolean {
  const { types, methods } = plan?.methodsAllowed ?? { types: [], methods: [] }
  if (types.length === 0 && methods.length === 0) return true
  return types.includes(method.typeId) || methods.includes(method.id)
}
