import { describe, expect, it } from 'vitest'

import type { Json } from './tariff_document.ts'
import { linesOf } from './tariff_lines.ts'
import {
  MONTHS,
  monthsOf,
  quotaMonths,
  rangesOf,
  seasonsOf,
  withMonth,
  withoutSeason,
  withQuota,
  withQuotaMonth,
  withSeason,
  withSeasonNamed,
} from './tariff_seasons.ts'

const tariff: Json = {
  seasons: [
    { id: 'summer', ranges: [['07-01', '08-31']] },
    { id: 'winter', ranges: [['11-01', '02-29']] },
    { id: 'other', default: true },
  ],
  periods: [{ id: 'peak', when: [{ seasons: ['summer'], hours: [['15:00', '21:00']] }] }],
  lines: [{ id: 'energy', type: 'energy', rates: { summer: '1', '*': '2' } }],
}
const monthsIn = (document: Json) => seasonsOf(document).map((season) => monthsOf(season.ranges))

describe('months and the days of a season', () => {
  it('are each other, for every set of months', () => {
    for (let set = 0; set < 4096; set++) {
      const months = MONTHS.filter((month) => set & (1 << (month - 1)))
      expect(monthsOf(rangesOf(months))).toEqual(months)
    }
  })

  it('pass the new year in one range, and February whole', () => {
    expect(rangesOf([1, 2, 11, 12])).toEqual([['11-01', '02-29']])
    expect(monthsOf([['02-01', '02-28']])).toEqual([2])
  })

  it.each([[[['06-15', '08-31']]], [[['06-01', '08-30']]], [['06-01']], ['summer'], [[['13-01', '13-31']]]])('are left alone where they are not whole: %j', (ranges) => {
    expect(monthsOf(ranges as Json)).toBeUndefined()
  })
})

describe('the seasons of a tariff', () => {
  it('begin with a summer and the rest of the year', () => {
    expect(seasonsOf(withSeason({}))).toEqual([
      { id: 'summer', ranges: [['07-01', '08-31']] },
      { id: 'other', default: true },
    ])
    expect(seasonsOf(withSeason(tariff))[0]).toEqual({ id: 'season', ranges: [] })
  })

  it('never share a month', () => {
    expect(monthsIn(withMonth(tariff, 0, 12, true))).toEqual([[7, 8, 12], [1, 2, 11], []])
    expect(monthsIn(withMonth(tariff, 0, 7, false))).toEqual([[8], [1, 2, 11, 12], []])
  })

  it('take their prices and periods along to another name, unless it is taken', () => {
    const named = withSeasonNamed(tariff, 0, 'hot')
    expect(named).toMatchObject({ periods: [{ when: [{ seasons: ['hot'] }] }], lines: [{ rates: { hot: '1', '*': '2' } }] })
    expect(withSeasonNamed(tariff, 0, 'winter')).toMatchObject({ lines: [{ rates: { summer: '1', '*': '2' } }] })
  })

  it('go with their prices; those of the last hold all year', () => {
    expect(linesOf(withoutSeason(tariff, 0))[0]!.rates).toEqual({ '*': '2' })
    expect(withoutSeason(tariff, 0)).toMatchObject({ periods: [{ id: 'peak', when: [{ hours: [['15:00', '21:00']] }] }] })
    const only = { seasons: [{ id: 'all', default: true }], lines: [{ id: 'energy', rates: { all: '1' } }] }
    expect(withoutSeason(only, 0)).toEqual({ lines: [{ id: 'energy', rates: { '*': '1' } }] })
  })
})

describe('the quota', () => {
  it('comes for every month, and goes', () => {
    expect(quotaMonths(withQuota({}, true))).toEqual([...MONTHS])
    expect(withQuota(withQuota({ id: 'x' }, true), false)).toEqual({ id: 'x' })
  })

  it('has the months that are chosen', () => {
    const without = withQuotaMonth({ quota: { kwh: '8', per: 'room-month' } }, 2, false)
    expect(quotaMonths(without)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(quotaMonths(withQuotaMonth(without, 2, true))).toEqual([...MONTHS])
  })
})
