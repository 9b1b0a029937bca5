import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PLATFORM_ACCESS_TOKEN } from '../../app/simulator/main.js'
import type { Plan } from '../simulator.js'
import { startReceiver } from './receiver.js'

const BLOCK = 1000
const WARM = 3 * BLOCK
const LOOKS = 50

/** One thousand payments: milliseconds for each. */
export interface Block {
  cpuMs: number
  wallMs: number
  /** Of one look at what there is by then: a payment, a search by reference, two pages. */
  lookCpuMs: number
}

export interface Round {
  blocks: Block[]
  /** Resident at the end. */
  megabytes: number
  notifications: number
}

const PAYMENT = {
  transaction_amount: 150,
  payment_method_id: 'bolbradesco',
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

async function post(url: string, body: unknown, key?: string): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'authorization': `Bearer ${PLATFORM_ACCESS_TOKEN}`,
      ...(key && { 'x-idempotency-key': key }),
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`Void: ${url} answered ${response.status}`)
  return response.json()
}

/** Created and paid, by so many clients at once. */
async function charge(url: string, count: number, clients: number, name: string): Promise<void> {
  let left = count
  const client = async () => {
    while (left > 0) {
      const reference = `${name}-${left--}`
      const body = { ...PAYMENT, external_reference: reference }
      const { id } = await post(`${url}/v1/payments`, body, reference)
      await post(`${url}/_simulator/payments/${id}/pay`, {})
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}

async function get(url: string): Promise<any> {
  const headers = { authorization: `Bearer ${PLATFORM_ACCESS_TOKEN}` }
  const response = await fetch(url, { headers })
  if (!response.ok) throw new Error(`Void: ${url} answered ${response.status}`)
  return url.includes('/v1/') ? response.json() : response.text()
}

async function look(url: string, name: string): Promise<void> {
  for (let looked = 1; looked <= LOOKS; looked++) {
    const found = await get(`${url}/v1/payments/search?external_reference=${name}-${looked}`)
    await get(`${url}/v1/payments/${found.results[0].id}`)
    await get(`${url}/payments`)
    await get(`${url}/deliveries`)
  }
}

async function usageOf(child: ChildProcess): Promise<{ cpuMs: number; bytes: number }> {
  const told = once(child, 'message')
  child.send('usage')
  const [usage] = await told
  return usage
}

/** @throws Error when what happened is not what was asked: such a round is void. */
async function check(url: string, plan: Plan, heard: Map<string, number>): Promise<void> {
  const { paging } = await get(`${url}/v1/payments/search?status=approved&limit=1`)
  const twice = [...heard.values()].filter((times) => times > 1).length
  if (paging.total !== plan.payments || heard.size !== 2 * plan.payments || twice > 0) {
    const figures = `${paging.total} approved, ${heard.size} heard, ${twice} more than once`
    throw new Error(`Void: ${figures}`)
  }
}

async function round(plan: Plan): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-simulator-'))
  const file = plan.store === 'file' ? join(folder, 'simulator.sqlite3') : ':memory:'
  const receiver = await startReceiver()
  const child = fork('bench/simulator/server.ts', [file, receiver.url], {
    execArgv: ['--import=@poppinss/ts-exec'],
  })
  try {
    const [{ url }] = await once(child, 'message')
    // Compiled and warm before the first thousand, which would seem dear otherwise.
    await charge(url, WARM, plan.clients, 'warm')
    await look(url, 'warm')
    await post(`${url}/_simulator/reset`, {})
    receiver.heard.clear()
    const blocks: Block[] = []
    for (let made = 0; made < plan.payments; made += BLOCK) {
      const before = await usageOf(child)
      const startedAt = performance.now()
      await charge(url, BLOCK, plan.clients, `block-${made}`)
      await receiver.waitFor(2 * (made + BLOCK))
      const wallMs = (performance.now() - startedAt) / BLOCK
      const after = await usageOf(child)
      await look(url, `block-${made}`)
      const looked = await usageOf(child)
      blocks.push({
        cpuMs: (after.cpuMs - before.cpuMs) / BLOCK,
        wallMs,
        lookCpuMs: (looked.cpuMs - after.cpuMs) / LOOKS,
      })
    }
    const { bytes } = await usageOf(child)
    await check(url, plan, receiver.heard)
    return { blocks, megabytes: Math.round(bytes / 2 ** 20), notifications: receiver.heard.size }
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
    receiver.close()
    rmSync(folder, { recursive: true })
  }
}

export async function measure(plan: Plan): Promise<Round[]> {
  const rounds: Round[] = []
  for (let count = 0; count < plan.rounds; count++) {
    const measured = await round(plan)
    const costs = measured.blocks.map(({ cpuMs }) => cpuMs.toFixed(2)).join(' ')
    console.log(`round ${count + 1}: ${costs} ms of processor for each payment`)
    rounds.push(measured)
  }
  return rounds
}
