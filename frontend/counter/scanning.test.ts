import { describe, expect, it } from 'vitest'

import { looksLikeCode, tidy } from './scanning.ts'

describe('tidy', () => {
  it('forgives blanks, small letters and letters that look like digits', () => {
    expect(tidy(' 7qx2 9ce-mrw ')).toBe('7QX29CEMRW')
    expect(tidy('oil2345678')).toBe('0112345678')
  })
  it('leaves a scanned code as it is', () => {
    expect(tidy('c1.k1.ILO')).toBe('C1.K1.ILO')
  })
})

describe('looksLikeCode', () => {
  it('knows both shapes', () => {
    expect(looksLikeCode('C1.K1.AGIPHQT3DJ6D3DSPLJVXZDM6B4.59000000.XT44HQIGNPBETQQ4')).toBe(true)
    expect(looksLikeCode('7QX29CEMRW')).toBe(true)
  })
  it.each(['', '7QX29CEMR', '7QX29CEMRWW', 'C1.K1.X.1.Y', 'https://example.com'])('refuses %j', (text) => {
    expect(looksLikeCode(tidy(text))).toBe(false)
  })
})
