import { describe, expect, it } from 'vitest'

import type { Json } from './tariff_document.ts'
import {
  basesOf,
  LINE_TYPES,
  linesOf,
  withAmountByTier,
  withBase,
  withLine,
  withLineMoved,
  withLineNamed,
  withoutLine,
  withoutTier,
  withSeasonPrices,
  withTier,
} from './tariff_lines.ts'

const base = { id: 'base', type: 'fixed', amount_by_tier: ['910', '1600', '7300'] }
const energy = {
  id: 'energy',
  type: 'energy',
  tiers: { summer: ['300', '450', null], '*': ['200', '400', null] },
  rates: { '*': ['120.0', '214.6', '307.3'] },
}
const vat = { id: 'vat', type: 'percent', of: ['base', 'energy'], rate: '0.10' }
const total = { of: ['base', 'energy', 'vat'], round: { mode: 'floor', step: '10' } }
const tariff: Json = { id: 'x', lines: [base, energy, vat], total }

const ids = (document: Json) => linesOf(document).map((line) => line.id)

describe('the lines of a tariff', () => {
  it.each(LINE_TYPES)('grow by a %s line with a name of its own', (type) => {
    const once = withLine({ id: 'x' }, type)
    expect(ids(withLine(once, type))).toEqual([type, `${type}-2`])
    expect(Object.keys(linesOf(once)[0]!).length).toBeGreaterThan(2)
  })

  it('go with what others say of them', () => {
    expect(withoutLine(tariff, 0)).toEqual({ id: 'x', lines: [energy, { ...vat, of: ['energy'] }], total: { ...total, of: ['energy', 'vat'] } })
  })

  it('change places', () => {
    expect(ids(withLineMoved(tariff, 2, -1))).toEqual(['base', 'vat', 'energy'])
    expect(ids(withLineMoved(tariff, 0, 1))).toEqual(['energy', 'base', 'vat'])
  })

  it('are renamed where others stand on them, as long as the name is theirs alone', () => {
    expect(basesOf(withLineNamed(tariff, 1, 'power'), 2)).toEqual([
      { id: 'base', on: true },
      { id: 'power', on: true },
    ])
    expect(linesOf(withLineNamed(tariff, 1, 'base'))[2]).toEqual(vat)
  })

  it('stand on some of the lines before them', () => {
    const every = { id: 'x', lines: [base, energy, { ...vat, of: 'all' }] }
    expect(linesOf(withBase(every, 2, 'base', false))[2]!.of).toEqual(['energy'])
    expect(linesOf(withBase(tariff, 2, 'base', false))[2]!.of).toEqual(['energy'])
    expect(withBase(withBase(tariff, 2, 'base', false), 2, 'base', true)).toEqual(tariff)
  })
})

describe('the tiers of a line', () => {
  it('grow in every season and take the amounts by tier along', () => {
    const [fixed, priced] = linesOf(withTier(tariff, 1))
    expect(priced!.tiers).toEqual({ summer: ['300', '450', '600', null], '*': ['200', '400', '600', null] })
    expect(priced!.rates).toEqual({ '*': ['120.0', '214.6', '307.3', '307.3'] })
    expect(fixed!.amount_by_tier).toEqual(['910', '1600', '7300', '7300'])
  })

  it('stay as they are in a season that has fewer', () => {
    const short = { id: 'x', lines: [{ ...energy, tiers: { summer: ['300', '450', null], '*': ['200', null] } }] }
    expect(linesOf(withTier(short, 0))[0]!.tiers).toEqual({ summer: ['300', '450', '600', null], '*': ['200', null] })
  })

  it('are taken out again, and the last stays open', () => {
    expect(withoutTier(withTier(tariff, 1), 1, 3)).toMatchObject({
      lines: [base, { tiers: { summer: ['300', '450', null], '*': ['200', '400', null] }, rates: energy.rates }, vat],
    })
    expect(linesOf(withoutTier(tariff, 1, 0))[1]).toMatchObject({ tiers: { summer: ['450', null], '*': ['400', null] }, rates: { '*': ['214.6', '307.3'] } })
  })

  it('come from a flat price and leave one behind', () => {
    const flat: Json = { id: 'x', lines: [{ id: 'fee', type: 'fixed', amount: '5' }, { id: 'energy', type: 'energy', rates: { '*': '0.5' } }] }
    const tiered = withTier(flat, 1)
    expect(linesOf(tiered)[1]).toMatchObject({ tiers: { '*': ['100', null] }, rates: { '*': ['0.5', '0.5'] } })
    expect(withoutTier(tiered, 1, 0)).toEqual(flat)
  })

  it('leave a plain amount where no tier is left to reach', () => {
    const short = withoutTier(withoutTier(tariff, 1, 2), 1, 1)
    expect(linesOf(short)[0]).toEqual({ id: 'base', type: 'fixed', amount: '910' })
    expect(linesOf(withAmountByTier(tariff, 0, false))[0]).toEqual({ id: 'base', type: 'fixed', amount: '910' })
  })

  it('have an amount each when a fixed charge follows them', () => {
    const fixed = { id: 'x', lines: [{ id: 'fee', type: 'fixed', amount: '5' }, energy] }
    expect(linesOf(withAmountByTier(fixed, 0, true))[0]!.amount_by_tier).toEqual(['5', '5', '5'])
  })
})

describe('the prices of a season', () => {
  it('begin as those of the rest of the year, and go again', () => {
    const own = withSeasonPrices(tariff, 1, 'winter', true)
    expect(linesOf(own)[1]).toMatchObject({ tiers: { winter: ['200', '400', null] }, rates: { winter: ['120.0', '214.6', '307.3'] } })
    expect(withSeasonPrices(own, 1, 'winter', false)).toEqual(tariff)
  })

  it('hold all year when they were the only ones', () => {
    const only = { id: 'x', lines: [{ id: 'energy', type: 'energy', rates: { summer: '1' } }] }
    expect(linesOf(withSeasonPrices(only, 0, 'summer', false))[0]!.rates).toEqual({ '*': '1' })
  })
})
