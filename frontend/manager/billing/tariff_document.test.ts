import { describe, expect, it } from 'vitest'

import { at, leaves, parsed, placed, without, withValue, written } from './tariff_document.ts'

const energy = {
  id: 'energy',
  type: 'energy',
  tiers: { summer: ['300', null], '*': ['200', null] },
  rates: { '*': ['120.0', '214.6'] },
  round: { mode: 'floor', step: '1' },
}

describe('the numbers of a tariff line', () => {
  it('are found with their places, words left out', () => {
    const found = leaves(energy, ['lines', 1])
    expect(found.map((leaf) => [written(leaf.path), leaf.names.join(' · '), leaf.value])).toEqual([
      ['lines[1].tiers.summer[0]', 'tiers · summer · 1', '300'],
      ['lines[1].tiers.summer[1]', 'tiers · summer · 2', null],
      ['lines[1].tiers.*[0]', 'tiers · 1', '200'],
      ['lines[1].tiers.*[1]', 'tiers · 2', null],
      ['lines[1].rates.*[0]', 'rates · 1', '120.0'],
      ['lines[1].rates.*[1]', 'rates · 2', '214.6'],
    ])
  })

  it('are changed one at a time', () => {
    const document = { id: 'x', lines: [{ id: 'base', amount: '9' }, energy] }
    const changed = withValue(document, ['lines', 1, 'rates', '*', 0], '130')
    expect(changed).toEqual({ ...document, lines: [document.lines[0], { ...energy, rates: { '*': ['130', '214.6'] } }] })
    expect(document.lines[1]).toBe(energy)
  })

  it('come from a text, or it says why not', () => {
    expect(parsed('{"a": "1"}')).toEqual({ document: { a: '1' } })
    expect(parsed('{"a":')).toHaveProperty('fault')
  })
})

describe('a place of the document', () => {
  const document = { id: 'x', lines: [{ id: 'base', amount: '9' }, energy] }

  it('is looked up, and is nothing where the document does not reach', () => {
    expect(at(document, ['lines', 1, 'rates', '*', 0])).toBe('120.0')
    expect(at(document, ['quota', 'kwh'])).toBeUndefined()
  })

  it('is taken out of an object or a list, and of nothing else', () => {
    expect(without(document, ['lines', 0])).toEqual({ id: 'x', lines: [energy] })
    expect(without(document, ['lines', 0, 'amount'])).toEqual({ id: 'x', lines: [{ id: 'base' }, energy] })
    expect(without(document, ['quota', 'kwh'])).toBe(document)
  })
})

describe('a refusal', () => {
  const fields = ['lines[1].tiers.summer[0]', 'lines[1].tiers.summer[1]', 'lines[1].of', 'lines[1].rate']

  it('is told at the field that it names, at the first within the place, or at the one around it', () => {
    const faults = ['lines[1].rate', 'lines[1].tiers.summer', 'lines[1].of[0]', 'lines[1].rates'].map((path) => ({ path, message: `about ${path}` }))
    const { told, left } = placed(faults, fields)
    expect([...told]).toEqual([
      ['lines[1].rate', 'about lines[1].rate'],
      ['lines[1].tiers.summer[0]', 'about lines[1].tiers.summer'],
      ['lines[1].of', 'about lines[1].of[0]'],
    ])
    expect(left.map((fault) => fault.path)).toEqual(['lines[1].rates'])
  })
})
