import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { TryAgain } from '#app/core/work/contracts'
import { ApplyImport } from '#app/receivables/actions/apply_import'
import { CheckImport } from '#app/receivables/actions/check_import'
import { ConfirmImport } from '#app/receivables/actions/confirm_import'
import { UploadImport } from '#app/receivables/actions/upload_import'
import type ImportRun from '#app/receivables/models/import_run'
import { givenMember, givenTenant } from '#tests/support/given'
import { cpfNumber } from '#tests/support/tax_ids'

interface Plan {
  folder: string
  kind: string
  lines: number
}

const actor = { kind: 'command' } as const
const PLACE = '01310-100;Avenida Paulista;1000;Bela Vista;São Paulo;SP'
const PERSON_HEADING = 'cliente;cpf;email;cep;rua;numero;bairro;cidade;uf'
const person = (at: number) =>
  `Pessoa Número ${at};${cpfNumber(at)};pessoa${at}@example.com;${PLACE}`

const RECEIVABLES = {
  heading: `referencia;descricao;valor;vencimento;${PERSON_HEADING}`,
  line: (at: number, day: string) =>
    `NF-${at};Mensalidade ${at};${100 + at},00;${day};${person(Math.floor(at / 10))}`,
}
const CUSTOMERS = { heading: PERSON_HEADING.replace('cliente', 'nome'), line: person }

async function writeFile(path: string, { kind, lines }: Plan, dueOn: string) {
  const { heading, line } = kind === 'receivables' ? RECEIVABLES : CUSTOMERS
  const file = createWriteStream(path)
  file.write(`${heading}\n`)
  for (let at = 0; at < lines; at++) {
    if (!file.write(`${line(at, dueOn)}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

async function applied(run: ImportRun) {
  for (;;) {
    try {
      return await new ApplyImport().handle({ runId: run.id }, { tenantId: run.tenantId } as never)
    } catch (error) {
      if (!(error instanceof TryAgain)) throw error
    }
  }
}

const megabytes = (kilobytes: number) => Math.round(kilobytes / 1024)
const peakRss = () => megabytes(process.resourceUsage().maxRSS)

async function timed<T>(lines: number, work: () => Promise<T>) {
  const startedAt = performance.now()
  const result = await work()
  const ms = performance.now() - startedAt
  const figure = {
    seconds: Number((ms / 1000).toFixed(1)),
    microsecondsPerLine: Math.round((ms * 1000) / lines),
    peakRssMegabytesSoFar: peakRss(),
  }
  return { result, figure }
}

/** @returns the times, and the most memory that this process ever took */
export async function measureImport(plan: Plan) {
  const { folder, kind, lines } = plan
  const tenant = await givenTenant()
  const { user } = await givenMember(tenant, 'owner')
  const dueOn = DateTime.fromISO(clock.today(tenant.timeZone)).plus({ days: 30 }).toISODate()!
  const path = join(folder, `${lines}.csv`)
  await writeFile(path, plan, dueOn)
  const before = peakRss()
  const effect = { id: '', tenantId: tenant.id }
  const file = { path, name: 'bench.csv' }
  const upload = await timed(lines, () =>
    new UploadImport().handle({ tenant, kind, file, userId: user.id, actor })
  )
  const run = upload.result
  const check = await timed(lines, () => new CheckImport().handle({ runId: run.id }, effect))
  await new ConfirmImport().handle({ run, options: { existing: 'update' }, actor })
  const apply = await timed(lines, () => applied(run))
  await run.refresh()
  if (run.createdCount !== lines) throw new Error(`Only ${run.createdCount} of ${lines} are there`)
  return {
    ...{ lines, rssMegabytesBefore: before, upload: upload.figure, dryRun: check.figure },
    ...{ apply: apply.figure, peakRssMegabytes: peakRss() },
  }
}
