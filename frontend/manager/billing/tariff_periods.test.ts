import { describe, expect, it } from 'vitest'

import { at, type Json } from './tariff_document.ts'
import { DAYS, periodsOf, windowsOf, withoutPeriod, withPeriod, withPeriodNamed, withPeriods, withPricesByPeriod, withRest, withWindow, withWord } from './tariff_periods.ts'

const flat: Json = {
  id: 'x',
  seasons: [{ id: 'summer', ranges: [['07-01', '08-31']] }, { id: 'other', default: true }],
  lines: [
    { id: 'base', type: 'fixed', amount_by_tier: ['900', '1600'] },
    { id: 'energy', type: 'energy', tiers: { '*': ['200', null] }, rates: { summer: ['130', '220'], '*': ['120', '210'] } },
  ],
}
const hourly = withPricesByPeriod(withPeriods(flat, true), 1, true)
const rates = (document: Json) => at(document, ['lines', 1, 'rates'])

describe('the periods of a tariff', () => {
  it('begin with a working day and the rest, and price a line in each season', () => {
    expect(periodsOf(hourly).map((period) => [period.id, period.default])).toEqual([
      ['peak', undefined],
      ['off_peak', true],
    ])
    expect(rates(hourly)).toEqual({ summer: { peak: '130', off_peak: '130' }, '*': { peak: '120', off_peak: '120' } })
    expect(at(hourly, ['lines', 1, 'tiers'])).toBeUndefined()
    expect(at(hourly, ['lines', 0])).toEqual({ id: 'base', type: 'fixed', amount: '900' })
  })

  it('leave one price a season behind when they go', () => {
    for (const without of [withPeriods(hourly, false), withoutPeriod(withoutPeriod(hourly, 1), 0)]) {
      expect(at(without, ['periods'])).toBeUndefined()
      expect(rates(without)).toEqual({ summer: '130', '*': '120' })
    }
  })

  it('take their prices with them when one is added, renamed or removed', () => {
    const three = withPeriod(hourly)
    expect(Object.keys(at(rates(three), ['*']) as object)).toEqual(['period', 'peak', 'off_peak'])
    expect(Object.keys(at(rates(withPeriodNamed(three, 0, 'evening')), ['summer']) as object)).toEqual(['evening', 'peak', 'off_peak'])
    expect(rates(withoutPeriod(three, 0))).toEqual(rates(hourly))
  })

  it('keep their prices apart when a name is taken or none', () => {
    for (const name of ['off_peak', '']) expect(rates(withPeriodNamed(hourly, 0, name))).toEqual(rates(hourly))
  })

  it('have one rest of the day at most', () => {
    const other = withRest(hourly, 0, true)
    expect(periodsOf(other).map((period) => period.default)).toEqual([true, undefined])
    expect(periodsOf(withRest(other, 0, false)).map((period) => period.default)).toEqual([undefined, undefined])
    expect(windowsOf(withRest(hourly, 1, false), 1)).toHaveLength(1)
  })

  it('hold hours on some days, in the order of the week; all days where none is named', () => {
    const place = ['periods', 0, 'when', 0, 'days']
    const longer = withWord(hourly, place, 'sat', true, DAYS)
    expect(at(withWord(longer, place, 'tue', false, DAYS), place)).toEqual(['mon', 'wed', 'thu', 'fri', 'sat'])
    const none = ['mon', 'tue', 'wed', 'thu', 'fri'].reduce((document, day) => withWord(document, place, day, false, DAYS), hourly)
    expect(windowsOf(none, 0)).toEqual([{ hours: [['09:00', '18:00']] }])
    expect(windowsOf(withWindow(hourly, 0), 0)).toHaveLength(2)
  })
})
