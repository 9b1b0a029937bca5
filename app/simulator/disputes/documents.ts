import { randomUUID } from 'node:crypto'
import { extname } from 'node:path'
import { Refusal } from '../api/refusal.js'
import type { Simulator } from '../simulator.js'
import type { Chargeback } from './chargeback.js'
import { effect, save } from './chargebacks.js'

export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024

const TYPES: Record<string, string> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.pdf': 'application/pdf',
}

const MAGIC: Record<string, string> = {
  'image/jpeg': 'ffd8ff',
  'image/png': '89504e47',
  'application/pdf': '25504446',
}

export interface SentFile {
  name: string
  content: Buffer
}

export class DocumentRefusal extends Refusal {
  constructor(message: string) {
    super(400, { message, error: 'bad_request', status: 400, cause: [] })
  }
}

function typeOf({ name, content }: SentFile): string {
  const type = TYPES[extname(name).toLowerCase()]
  if (!type || !content.toString('hex', 0, 4).startsWith(MAGIC[type])) {
    throw new DocumentRefusal(`${name}: files can be .jpg, .png or .pdf`)
  }
  return type
}

function requireOpen(chargeback: Chargeback, now: number): void {
  const { documentationRequired, deadlineAt, coverageApplied } = chargeback
  if (!documentationRequired) throw new DocumentRefusal('documentation is not required')
  if (coverageApplied !== null) throw new DocumentRefusal('the case is closed')
  if (now > deadlineAt!) throw new DocumentRefusal('the deadline for documentation has passed')
}

/** What the seller says for itself goes under review. Throws DocumentRefusal. */
export function document(sim: Simulator, chargeback: Chargeback, files: SentFile[]): void {
  const at = sim.clock.now()
  requireOpen(chargeback, at)
  if (files.length === 0) throw new DocumentRefusal('files[] is required')
  const typed = files.map((file) => ({ ...file, type: typeOf(file), id: randomUUID() }))
  const bytes = typed.reduce((sum, { content }) => sum + content.length, 0)
  if (sim.disputes.documentedBytes(chargeback.id) + bytes > MAX_DOCUMENT_BYTES) {
    throw new DocumentRefusal('files should not exceed 10mb overall')
  }
  sim.store.transaction(() => {
    for (const { id, type, name, content } of typed) {
      sim.disputes.saveDocument(id, chargeback.id, type, content)
      chargeback.documentation.push({ id, type, name })
    }
    chargeback.documentationStatus = 'review_pending'
    save(sim, chargeback, at)
    effect(sim, chargeback, 'chargeback.documented', at)
  })
}
