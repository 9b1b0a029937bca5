import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { TryAgain } from '#app/core/work/contracts'
import { ApplyImport } from '#app/receivables/actions/apply_import'
import { CheckImport } from '#app/receivables/actions/check_import'
import { ConfirmImport } from '#app/receivables/actions/confirm_import'
import { UploadImport } from '#app/receivables/actions/upload_import'
import type ImportRun from '#app/receivables/models/import_run'
import { customerListPage } from '#app/receivables/queries/customer_list'
import type Tenant from '#app/tenants/models/tenant'
import { givenTenant, givenUser } from '#tests/support/given'
import { cpfNumber } from '#tests/support/tax_ids'

interface Plan {
  folder: string
  lines: number
  runs: number
}

const FEW = 50
const actor = { kind: 'command' } as const

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const heapMegabytes = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

/** The most that stays on the heap while the work goes on, garbage taken out, above the beginning. */
async function retained<T>(work: () => Promise<T>) {
  const before = heapMegabytes()
  let most = before
  const timer = setInterval(() => (most = Math.max(most, heapMegabytes())), 250)
  const startedAt = performance.now()
  try {
    const result = await work()
    return { result, megabytes: most - before, ms: performance.now() - startedAt }
  } finally {
    clearInterval(timer)
  }
}

const firstNames = ['Maria', 'José', 'Ana', 'João', 'Antônia', 'Francisco', 'Márcia', 'Paulo']
const lastNames = ['Silva', 'Souza', 'Oliveira', 'Conceição', 'Pereira', 'Lima', 'Gomes', 'Ribeiro']

/** Every second is a Maria: a search that finds half of them. */
const nameOf = (at: number) => {
  const first = at % 2 ? firstNames[at % 8] : 'Maria'
  return `${first} ${lastNames[at % 7]} Número${at}`
}

async function writeFile(path: string, lines: number) {
  const file = createWriteStream(path)
  file.write('nome;cpf;email;cep;rua;numero;bairro;cidade;uf\n')
  for (let at = 0; at < lines; at++) {
    const place = '01310-100;Avenida Paulista;1000;Bela Vista;São Paulo;SP'
    const line = `${nameOf(at)};${cpfNumber(at)};cliente${at}@example.com;${place}\n`
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

async function applied(run: ImportRun) {
  const payload = { runId: run.id }
  for (;;) {
    try {
      return await new ApplyImport().handle(payload, { tenantId: run.tenantId } as never)
    } catch (error) {
      if (!(error instanceof TryAgain)) throw error
    }
  }
}

async function imported(tenant: Tenant, userId: string, folder: string, lines: number) {
  const path = join(folder, `${lines}.csv`)
  await writeFile(path, lines)
  const input = { tenant, kind: 'customers', file: { path, name: 'bench.csv' }, userId, actor }
  const upload = await retained(() => new UploadImport().handle(input))
  const run = upload.result
  const effect = { id: '', tenantId: tenant.id }
  const check = await retained(() => new CheckImport().handle({ runId: run.id }, effect))
  await new ConfirmImport().handle({ run, options: { existing: 'update' }, actor })
  const apply = await retained(() => applied(run))
  await run.refresh()
  if (run.createdCount !== lines) throw new Error(`Only ${run.createdCount} of ${lines} are there`)
  const figure = ({ megabytes, ms }: { megabytes: number; ms: number }) => ({
    retainedMegabytes: Number(megabytes.toFixed(1)),
    microsecondsPerLine: Math.round((ms * 1000) / lines),
  })
  return { lines, upload: figure(upload), check: figure(check), apply: figure(apply) }
}

const median = (values: number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]

const searches: Record<string, Parameters<typeof customerListPage>[1]> = {
  'first page': {},
  'page in the middle': { after: 'Maria', after_id: '01890000-0000-7000-8000-000000000000' },
  'one person': { q: 'numero17' },
  'half of all': { q: 'mar' },
  'two frequent words': { q: 'maria silva' },
  'a frequent and a rare one': { q: 'maria numero16' },
  'e-mail': { q: 'cliente18@' },
  'tax id': { q: '529.982.247-25' },
  'nobody': { q: 'zzz' },
}

async function ratios(few: Tenant, many: Tenant, runs: number) {
  const figures: Record<string, { few: number; many: number; ratio: number }> = {}
  for (const [name, search] of Object.entries(searches)) {
    const times: { few: number[]; many: number[] } = { few: [], many: [] }
    for (let run = 0; run < runs + 5; run++) {
      for (const [side, tenant] of [
        ['few', few],
        ['many', many],
      ] as const) {
        const startedAt = performance.now()
        await customerListPage(tenant, search)
        if (run >= 5) times[side].push(performance.now() - startedAt)
      }
    }
    const [fewMs, manyMs] = [median(times.few), median(times.many)]
    const round = (value: number) => Number(value.toFixed(2))
    figures[name] = { few: round(fewMs), many: round(manyMs), ratio: round(manyMs / fewMs) }
  }
  return figures
}

export async function measure({ folder, lines, runs }: Plan) {
  const { id: userId } = await givenUser()
  const [few, some, many] = [await givenTenant(), await givenTenant(), await givenTenant()]
  await imported(few, userId, folder, FEW)
  const files = [
    await imported(some, userId, folder, Math.round(lines / 10)),
    await imported(many, userId, folder, lines),
  ]
  return { files, searchMs: await ratios(few, many, runs) }
}
