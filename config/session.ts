import { defineConfig, stores } from '@adonisjs/session'
import { secureCookies } from '#config/app'

/** Kept in the database: a session can be ended from outside, and no cookie holds its content. */
const sessionConfig = defineConfig({
  enabled: true,
  cookieName: 'repasse-session',
  clearWithBrowser: false,
  age: '12h',
  cookie: { path: '/', httpOnly: true, secure: secureCookies, sameSite: 'lax' },
  store: 'database',
  stores: { database: stores.database({ tableName: 'sessions' }) },
})

export default sessionConfig
