import { Preference } from 'mercadopago'
import type { DateTime } from 'luxon'
import type {
  AccountRef,
  NewPreference,
  ProviderCheckout,
  ProviderPreference,
} from '#app/gateway/provider'
import { AccountCalls, AnotherAnswer } from './account_calls.js'
import { list, object, text } from './json.js'
import { wireTime } from './payment_request.js'
import { readPreference } from './preference_reader.js'
import { preferenceRequest } from './preference_request.js'

/** More with one reference than that were never seen, and would be a fault of ours. */
const MOST_FOUND = 50

export class Checkout implements ProviderCheckout {
  #calls: AccountCalls

  constructor(ref: AccountRef) {
    this.#calls = new AccountCalls(ref)
  }

  create(input: NewPreference): Promise<ProviderPreference> {
    const body = preferenceRequest(input)
    return this.#calls.write(async (config) => {
      const preference = readPreference(await new Preference(config).create({ body }))
      if (preference.externalReference !== input.externalReference) throw new AnotherAnswer()
      return preference
    })
  }

  async find(externalReference: string): Promise<ProviderPreference[]> {
    const ids = await this.#calls.read(async (config) => {
      const options = { external_reference: externalReference, limit: MOST_FOUND }
      const answer = object(await new Preference(config).search({ options }))
      if (!Array.isArray(answer.elements)) throw new AnotherAnswer()
      return list(answer.elements)
        .filter((found) => found.external_reference === externalReference)
        .flatMap(({ id }) => text(id) ?? [])
    })
    // A search tells neither the address nor, for sure, what was changed a moment ago.
    const found = await Promise.all(ids.map((id) => this.#get(id)))
    return found.sort((one, other) => one.createdAt.toMillis() - other.createdAt.toMillis())
  }

  close(id: string, at: DateTime): Promise<ProviderPreference> {
    const updatePreferenceRequest = { expires: true, expiration_date_to: wireTime(at) }
    return this.#calls.write(async (config) => {
      const client = new Preference(config)
      // The package's type wants the items again; the API keeps what is not sent.
      const change = { id, updatePreferenceRequest } as Parameters<typeof client.update>[0]
      return asked(id, readPreference(await client.update(change)))
    })
  }

  #get(preferenceId: string): Promise<ProviderPreference> {
    return this.#calls.read(async (config) =>
      asked(preferenceId, readPreference(await new Preference(config).get({ preferenceId })))
    )
  }
}

function asked(id: string, preference: ProviderPreference): ProviderPreference {
  if (preference.id !== id) throw new AnotherAnswer()
  return preference
}
