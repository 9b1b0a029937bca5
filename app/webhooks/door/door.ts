import type { KeyObject } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { insertNew } from '#app/core/database/insert_new'
import { wakeWorker } from '#app/core/work/wake'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import { Grouped } from '#app/webhooks/door/grouped'
import { readNotification, type Incoming, type RawNotification } from '#app/webhooks/door/incoming'
import { inboxRow, type InboxRow, type Judgement } from '#app/webhooks/door/inbox_row'
import { Secrets } from '#app/webhooks/door/secrets'
import { SenderBudget } from '#app/webhooks/door/sender_budget'
import { isSignedBy } from '#app/webhooks/door/signature'
import type { ResourceOwner, WebhookWiring } from '#app/webhooks/wiring'

/** What the sender is told. */
export type Answer = 'ok' | 'invalid_tenant' | 'bad_signature'

/** While one group waits for the database, the next may begin. */
const GROUPS = { size: 100, atOnce: 3 }
/** All unsigned hints share one lane: a flood of them delays nothing that is signed. */
const HINTS = 'hints'

/** What is known about the signed ones of a group. */
interface Known {
  users: Set<string>
  owners: Map<string, ResourceOwner>
}

const ownerKey = (topic: string | null, resourceId: string | null) => `${topic}/${resourceId}`

/**
 * Decides what becomes of a notification, and stores it before anybody is answered. Requests that
 * come at the same time are judged and stored as one group, in one commit.
 */
export class Door {
  #secrets = new Secrets()
  #hints = new SenderBudget(600, 600)
  #forgeries = new SenderBudget(20, 3600)
  #groups = new Grouped((group: Incoming[]) => this.#admit(group), GROUPS)

  constructor(private wiring: WebhookWiring) {}

  /** @throws when it could not be stored: the sender must send it again. */
  knock(raw: RawNotification): Promise<Answer> {
    return this.#groups.add(readNotification(raw))
  }

  async #admit(group: Incoming[]): Promise<Answer[]> {
    const signatures = await this.#signatures(group)
    const known = await this.#lookUp(group.filter((_, index) => signatures[index] === 'valid'))
    const judgements = group.map((incoming, index) =>
      this.#judge(incoming, signatures[index], known)
    )
    const rows = group.flatMap((incoming, index) => this.#rowOf(incoming, judgements[index]))
    await store(rows)
    return judgements.map(({ reason }) =>
      reason === 'bad_signature' || reason === 'invalid_tenant' ? reason : 'ok'
    )
  }

  /** What fails is checked again if the secrets have changed since they were last looked at. */
  async #signatures(group: Incoming[]): Promise<Judgement['signature'][]> {
    const secrets = await this.#secrets.current()
    const signatures = group.map((incoming) => signatureOf(incoming, secrets))
    if (!signatures.includes('invalid')) return signatures
    const latest = await this.#secrets.latest()
    return latest === secrets ? signatures : group.map((incoming) => signatureOf(incoming, latest))
  }

  async #lookUp(signed: Incoming[]): Promise<Known> {
    const users = new Set(signed.flatMap(({ mpUserId }) => mpUserId ?? []))
    const byTopic = Map.groupBy(signed, ({ topic }) => topic ?? '')
    const [ours, owned] = await Promise.all([
      Promise.all([...users].map(async (user) => ((await accountOfCollector(user)) ? user : []))),
      Promise.all([...byTopic].map(([topic, incoming]) => this.#ownersOf(topic, incoming))),
    ])
    return { users: new Set(ours.flat()), owners: new Map(owned.flat()) }
  }

  async #ownersOf(topic: string, incoming: Incoming[]): Promise<[string, ResourceOwner][]> {
    const find = Object.hasOwn(this.wiring.ownersOf, topic) && this.wiring.ownersOf[topic]
    const ids = incoming.flatMap(({ resourceId }) => resourceId ?? [])
    if (!find || ids.length === 0) return []
    const owners = await find([...new Set(ids)])
    return [...owners].map(([id, owner]) => [ownerKey(topic, id), owner])
  }

  #judge(incoming: Incoming, signature: Judgement['signature'], known: Known): Judgement {
    if (signature === 'invalid') {
      return { signature, state: 'rejected', reason: 'bad_signature', lane: HINTS }
    }
    const { topic, resourceId, mpUserId } = incoming
    const owner = known.owners.get(ownerKey(topic, resourceId))
    const mayBeUnknown = topic !== null && this.wiring.aboutAccounts.includes(topic)
    const isForeign = mpUserId !== null && !known.users.has(mpUserId) && !mayBeUnknown
    const isOfAnother = mpUserId !== null && owner && owner.collectorId !== mpUserId
    const lane = signature === 'valid' ? (owner?.tenantId ?? mpUserId ?? HINTS) : HINTS
    if (signature === 'valid' && (isForeign || isOfAnother)) {
      return { signature, state: 'rejected', reason: 'invalid_tenant', lane }
    }
    const ignored = this.#whyIgnored(incoming)
    return { signature, state: ignored ? 'ignored' : 'received', reason: ignored, lane }
  }

  #whyIgnored({ topic, resourceId }: Incoming): string | null {
    if (topic === null || !Object.hasOwn(this.wiring.topics, topic)) return 'unknown_topic'
    return resourceId === null ? 'no_resource' : null
  }

  /** No row for a hint at nothing, nor for a sender who has used up what we store for strangers. */
  #rowOf(incoming: Incoming, judgement: Judgement): InboxRow | [] {
    const { signature } = judgement
    const pointsNowhere = incoming.topic === null || incoming.resourceId === null
    if (signature === 'missing' && (pointsNowhere || !this.#hints.take(incoming.sender))) return []
    if (signature === 'invalid' && !this.#forgeries.take(incoming.sender)) return []
    return inboxRow(incoming, judgement)
  }
}

function signatureOf(incoming: Incoming, secrets: KeyObject[]): Judgement['signature'] {
  const { signature, requestId, signedId, isIpn } = incoming
  if (!signature || isIpn) return 'missing'
  return isSignedBy(secrets, { signature, requestId, dataId: signedId }) ? 'valid' : 'invalid'
}

/** In the order of their keys: groups with the same ones would else wait for each other in a ring. */
async function store(rows: InboxRow[]) {
  const inOrder = rows.toSorted((a, b) => (a.dedupe_key < b.dedupe_key ? -1 : 1))
  await insertNew(db.connection(), 'webhook_events', inOrder, 'dedupe_key')
  if (rows.some(({ state }) => state === 'received')) wakeWorker()
}
