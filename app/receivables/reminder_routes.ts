import router from '@adonisjs/core/services/router'
import { publicPage, tenantPage } from '#start/kernel'

const RemindersController = () => import('#app/receivables/controllers/reminders_controller')
const ReminderStopsController = () =>
  import('#app/receivables/controllers/reminder_stops_controller')

router
  .group(() => {
    router.get('settings/reminders', [RemindersController, 'edit']).as('reminders.edit')
    router.post('settings/reminders', [RemindersController, 'update']).as('reminders.update')
  })
  .prefix('/t/:slug')
  .use(tenantPage())

/** Outside session and shield: the address is signed, and mail programs post to it. */
router
  .group(() => {
    router.get('/:id', [ReminderStopsController, 'show']).as('reminder_stops.show')
    router.post('/:id', [ReminderStopsController, 'store']).as('reminder_stops.store')
  })
  .prefix('/reminders')
  .use(publicPage())
