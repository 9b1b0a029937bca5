import router from '@adonisjs/core/services/router'
import { middleware, page, userPage } from '#start/kernel'

const SessionsController = () => import('#app/identity/controllers/sessions_controller')
const AccountsController = () => import('#app/identity/controllers/accounts_controller')
const PasswordsController = () => import('#app/identity/controllers/passwords_controller')
const LanguagesController = () => import('#app/identity/controllers/languages_controller')

router
  .group(() => {
    router.get('/login', [SessionsController, 'create']).as('login')
    router.post('/login', [SessionsController, 'store']).as('login.store')
  })
  .use([...page(), middleware.guest()])

router.post('/language', [LanguagesController, 'store']).as('language').use(page())

router
  .group(() => {
    router.post('/logout', [SessionsController, 'destroy']).as('logout')
    router.get('/account', [AccountsController, 'edit']).as('account')
    router.post('/account', [AccountsController, 'update']).as('account.update')
    router.post('/account/password', [PasswordsController, 'update']).as('account.password')
  })
  .use(userPage())
