import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig, syncDestination, targets } from '@adonisjs/core/logger'
import { redactedPaths } from '#app/core/redaction'

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'repasse',
      level: env.get('LOG_LEVEL', 'info'),
      redact: { paths: redactedPaths, censor: '[redacted]' },
      ...(app.inProduction
        ? { transport: { targets: [targets.file({ destination: 1 })] } }
        : { destination: await syncDestination() }),
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
