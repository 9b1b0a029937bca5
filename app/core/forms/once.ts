import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { insertNew } from '#app/core/database/insert_new'
import { FormKeyMissing, FormStillRunning } from '#app/core/forms/form_errors'
import { newId } from '#app/core/ids'

export interface SubmittedForm {
  /** The random key that the page carried in `_key`. */
  key: string
  userId: string
  /** What the form does, e.g. `payout.request`: its key serves no other form and nobody else. */
  purpose: string
}

const KEY = /^[\w-]{16,64}$/
const LOOK_EVERY_MS = 50
const WAIT_AT_MOST_MS = 15_000

/**
 * Does the work of a form once, however often it is posted: a second post waits for the first and
 * gets its result. If the work throws, the key is free again. Call it outside any transaction.
 * @param work returns the address of the result.
 * @throws FormKeyMissing; FormStillRunning when the first post has no result in time. One whose
 * process died stays so: nobody knows what it did, so its key never does it again.
 */
export async function once(form: SubmittedForm, work: () => Promise<string>): Promise<string> {
  if (typeof form.key !== 'string' || !KEY.test(form.key)) throw new FormKeyMissing()
  const giveUpAt = performance.now() + WAIT_AT_MOST_MS
  while (performance.now() < giveUpAt) {
    const id = await take(form)
    if (id) return workOf(id, work)
    const earlier = await earlierPost(form)
    if (earlier?.result) return earlier.result
    await sleep(LOOK_EVERY_MS)
  }
  throw new FormStillRunning()
}

const submissions = () => db.from('form_submissions')

/** The unique key decides between posts that come at the same instant. */
async function take({ key, userId, purpose }: SubmittedForm): Promise<string | undefined> {
  const id = newId()
  const createdAt = instantText(DateTime.utc())
  const row = { id, key, user_id: userId, purpose, created_at: createdAt }
  const taken = await insertNew(db.connection(), 'form_submissions', [row], 'key')
  return taken.length > 0 ? id : undefined
}

async function workOf(id: string, work: () => Promise<string>): Promise<string> {
  let result: string
  try {
    result = await work()
  } catch (error) {
    await submissions().where('id', id).delete()
    throw error
  }
  await submissions().where('id', id).update({ result })
  return result
}

async function earlierPost({ key, userId, purpose }: SubmittedForm) {
  const row: { user_id: string; purpose: string; result: string | null } | null =
    await submissions().where('key', key).first()
  if (row && (row.user_id !== userId || row.purpose !== purpose)) throw new FormKeyMissing()
  return row
}
