import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import limiter from '@adonisjs/limiter/services/main'
import { authApiClient } from '@adonisjs/auth/plugins/api_client'
import { shieldApiClient } from '@adonisjs/shield/plugins/api_client'
import { apiClient } from '@japa/api-client'
import { assert } from '@japa/assert'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config } from '@japa/runner/types'
import { appUrl } from '#config/app'
import { browserPlugin } from '#tests/support/browser'
import { freshDatabase, truncate } from '#tests/support/database'
import { runSimulator, simulator } from '#tests/support/simulator'
import { realSessionApiClient } from '#tests/support/sessions'

export const plugins: Config['plugins'] = [
  assert(),
  apiClient(appUrl),
  pluginAdonisJS(app, { baseURL: appUrl }),
  realSessionApiClient(app),
  authApiClient(app),
  shieldApiClient(),
  browserPlugin(),
]

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [freshDatabase, runSimulator],
  teardown: [],
}

/** What every test begins with: no rows, nothing counted against a limit, a new Mercado Pago. */
async function asNew() {
  await simulator.reset()
  await truncate()
  await limiter.clear()
}

export const configureSuite: Config['configureSuite'] = (suite) => {
  suite.onGroup((group) => group.each.setup(() => asNew()))
  suite.onTest((test) => test.setup(() => asNew()))
  if (suite.name === 'unit') return
  suite.setup(() => testUtils.httpServer().start())
}
