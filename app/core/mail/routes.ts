import router from '@adonisjs/core/services/router'
import { mailsAreKept } from '#config/mail'
import { page } from '#start/kernel'

const KeptMailsController = () => import('#app/core/mail/kept_mails_controller')

if (mailsAreKept) {
  router
    .group(() => {
      router.get('/', [KeptMailsController, 'index']).as('kept_mails.index')
      router.get('/:id', [KeptMailsController, 'show']).as('kept_mails.show')
    })
    .prefix('/dev/mails')
    .use(page())
}
