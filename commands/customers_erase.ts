import { text as readAll } from 'node:stream/consumers'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { OpenPart } from '#app/receivables/customer_errors'

type Outcome = 'erased' | 'would_erase' | 'erased_before' | 'still_open'

export default class CustomersErase extends BaseCommand {
  static commandName = 'customers:erase'
  static description = 'Take out everything that tells who a customer was'
  static help = [
    'Name, tax id, e-mail, phone and address go, everywhere, for good; receivables, payments and the',
    'ledger stay. Refused while something of the customer is open. Name the customer by its id, or',
    'hand the tax id over standard input, so that no list of processes shows it:',
    '```',
    'printf %s "$TAX_ID" | {{ binaryName }} customers:erase --tenant perfumaria --tax-id-stdin',
    '```',
    '',
    'Exit code: 0 erased now or before, 1 something is still open, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'Slug of the tenant', required: true })
  declare tenant: string

  @flags.string({ description: 'Id of the customer, as in the address of its page' })
  declare customer?: string

  @flags.boolean({ description: 'Read the tax id from standard input' })
  declare taxIdStdin: boolean

  @flags.boolean({ description: 'Tell what would be done, and change nothing' })
  declare dryRun: boolean

  @flags.boolean({ description: 'Print one JSON document' })
  declare json: boolean

  async run() {
    if (Boolean(this.customer) === Boolean(this.taxIdStdin)) {
      return this.#wrongUse('Give either --customer or --tax-id-stdin')
    }
    const typed = this.taxIdStdin ? await readAll(process.stdin) : null
    // Loaded here: the help is shown without starting the app.
    const { customerToErase } = await import('#app/receivables/queries/customer_to_erase')
    const customer = await customerToErase(this.tenant, { id: this.customer, taxId: typed })
    if (customer === 'no_tenant') return this.#wrongUse(`No tenant "${this.tenant}"`)
    if (!customer) return this.#wrongUse('No such customer of this tenant')
    if (customer.erasedAt) return this.#tell(customer.id, 'erased_before')
    const { open, outcome } = await this.#erase(customer)
    this.#tell(customer.id, outcome, open)
  }

  async #erase(customer: { id: string; tenantId: string }) {
    const { default: parts } = await import('#start/customer_parts')
    const { EraseCustomer } = await import('#app/receivables/actions/erase_customer')
    const { CustomerStillOpen } = await import('#app/receivables/customer_errors')
    const actor = { kind: 'command' } as const
    try {
      await new EraseCustomer(parts).handle({ customer, actor, dryRun: this.dryRun })
      return { open: [], outcome: this.dryRun ? 'would_erase' : 'erased' } as const
    } catch (error) {
      if (!(error instanceof CustomerStillOpen)) throw error
      return { open: error.open, outcome: 'still_open' } as const
    }
  }

  #tell(customerId: string, outcome: Outcome, open: readonly OpenPart[] = []) {
    if (outcome === 'still_open') this.exitCode = 1
    if (this.json) return this.logger.log(JSON.stringify({ customerId, outcome, open }))
    const words: Record<Outcome, string> = {
      erased: 'was erased',
      would_erase: 'would be erased',
      erased_before: 'had been erased before',
      still_open: 'is not erased: something is still open',
    }
    const line = `Customer ${customerId} ${words[outcome]}`
    if (outcome === 'still_open') this.logger.error(line)
    else this.logger.success(line)
    for (const { name, count } of open) this.logger.log(`  ${name}: ${count}`)
  }

  #wrongUse(message: string) {
    this.logger.error(message)
    this.exitCode = 2
  }
}
