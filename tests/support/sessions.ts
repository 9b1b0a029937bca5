import type { ApplicationService } from '@adonisjs/core/types'
import { configProvider } from '@adonisjs/core'
import type { SessionConfig, SessionData, SessionStoreFactory } from '@adonisjs/session/types'
import { sessionApiClient } from '@adonisjs/session/plugins/api_client'
import { ApiClient } from '@japa/api-client'
import type { PluginFn } from '@japa/runner/types'

type Resolved = SessionConfig & { store: string; stores: Record<string, SessionStoreFactory> }

/**
 * The framework's session helpers for the API client on the store that the app itself uses. They
 * know only a memory store, and do not wait for what they write: this does.
 */
export const realSessionApiClient = (app: ApplicationService): PluginFn =>
  async function (japa) {
    const config = (await configProvider.resolve(app, app.config.get('session'))) as Resolved
    const pending = new Set<Promise<void>>()
    const wait = async () => {
      await Promise.all(pending)
      pending.clear()
    }
    const store = config.stores[config.store](null as never, config as never)
    const awaited = {
      read: (id: string) => store.read(id),
      write: (id: string, values: SessionData) =>
        void pending.add(store.write(id, values) as never),
      destroy: (id: string) => void pending.add(store.destroy(id) as never),
    }
    const resolved = { ...config, stores: { ...config.stores, memory: () => awaited } }
    const asSeen = { config: { get: () => ({ type: 'provider', resolver: () => resolved }) } }
    await sessionApiClient(asSeen as never)(japa)
    ApiClient.onRequest((request) => {
      request.setup(wait)
      request.teardown(wait)
    })
  }
