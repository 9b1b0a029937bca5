import env from '#start/env'
import { defineConfig, stores } from '@adonisjs/limiter'

/** One process counts in memory; several share their counts through PostgreSQL. */
const limiterConfig = defineConfig({
  default: env.get('DB_CONNECTION') === 'pg' ? 'database' : 'memory',
  stores: {
    database: stores.database({ tableName: 'rate_limits', connectionName: 'pg' }),
    memory: stores.memory({}),
  },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof limiterConfig> {}
}
