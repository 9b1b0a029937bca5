import type { NotificationHandler } from '#app/core/work/contracts'

/** Whose a resource is: the account that its charge was issued on, and the tenant that issued it. */
export interface ResourceOwner {
  collectorId: string
  tenantId: string
}

/** What `start/webhooks.ts` says: it may name modules that this one does not know. */
export interface WebhookWiring {
  /** Topic → who may know its resources, asked in order. */
  topics: Record<string, (new () => NotificationHandler)[]>
  /** Topics of accounts that may be none of ours, or not yet: their user need not be known. */
  aboutAccounts: string[]
  /** Topic → owners of those resources among these that we issued ourselves. */
  ownersOf: Record<string, (resourceIds: string[]) => Promise<Map<string, ResourceOwner>>>
}
