import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { expectation, isAlarming, type NewsHour } from '#app/admin/silence'

const ZONE = 'America/Sao_Paulo'
/** A Wednesday, 11:30 where the account lives. */
const since = DateTime.fromISO('2026-11-18T11:30', { zone: ZONE })

/** News in those hours of the last two weeks that fit. */
function history(fits: (hour: DateTime) => boolean, count = 3): NewsHour[] {
  const hours = Array.from({ length: 14 * 24 }, (_, back) => since.minus({ hours: back }))
  return hours
    .filter(fits)
    .map((hour) => ({ hour: hour.toUTC().toFormat("yyyy-MM-dd'T'HH"), count }))
}

const after = (news: NewsHour[], hours: number, from = since) =>
  expectation(news, { since: from, until: from.plus({ hours }) }, ZONE)

const isShopHour = (hour: DateTime) => hour.hour >= 9 && hour.hour < 18 && !hour.isWeekend

test.group('The silence of an account', () => {
  test('alarms a busy one within hours, and says how many were missed', ({ assert }) => {
    const always = history(() => true)
    assert.isFalse(isAlarming(after(always, 2)))
    assert.isTrue(isAlarming(after(always, 5)))
    assert.closeTo(after(always, 5.5).news, 15, 0.001)
  })

  test('is none at night and over the weekend, when there never is news', ({ assert }) => {
    const shop = history(isShopHour)
    const evening = DateTime.fromISO('2026-11-20T17:50', { zone: ZONE })
    const monday = DateTime.fromISO('2026-11-23T09:05', { zone: ZONE })
    const overWeekend = after(shop, monday.diff(evening, 'hours').hours, evening)
    assert.isFalse(isAlarming(overWeekend))
    assert.equal(overWeekend.news, 0)
    assert.isTrue(isAlarming(after(shop, 70, evening)))
  })

  test('alarms one with one piece of news a day after days, not hours', ({ assert }) => {
    const small = history((hour) => hour.hour === (hour.day * 7) % 24, 1)
    assert.isFalse(isAlarming(after(small, 24)))
    assert.isFalse(isAlarming(after(small, 48)))
    assert.isTrue(isAlarming(after(small, 14 * 24)))
  })

  test('is no alarm where habits are not known yet', ({ assert }) => {
    const twoDays = history(() => true).slice(0, 30)
    assert.isFalse(isAlarming(after(twoDays, 48)))
    assert.deepEqual(after([], 48), { news: 0, surprise: 0, days: 0 })
  })
})
