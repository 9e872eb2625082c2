import { describe, expect, it } from 'vitest'

import { fill, names } from './message.ts'

describe('fill', () => {
  const drops = '{n, plural, one {# sun drop is ready} other {# sun drops are ready}} for {name}'

  it('chooses the plural branch of the language', () => {
    expect(fill(drops, { n: 1, name: 'A' }, 'en')).toBe('1 sun drop is ready for A')
    expect(fill(drops, { n: 3, name: 'A' }, 'en')).toBe('3 sun drops are ready for A')
  })

  it('falls back to "other" where a language has one form', () => {
    expect(fill('{n, plural, other {햇살 #개}}', { n: 1 }, 'ko')).toBe('햇살 1개')
  })

  it('groups the digits of numbers and leaves texts alone', () => {
    expect(fill('{n} of {text}', { n: 12345, text: '12345' }, 'en')).toBe('12,345 of 12345')
  })

  it('fills places inside a branch', () => {
    expect(fill('{n, plural, one {# at {place}} other {# at {place}s}}', { n: 2, place: 'door' }, 'en')).toBe('2 at doors')
  })

  it('shows the name of a value that was forgotten', () => {
    expect(fill('{a} and {b}', { a: 'x' }, 'en')).toBe('x and {b}')
  })
})

describe('names', () => {
  it('lists what a message expects, plurals included', () => {
    expect(names('{n, plural, one {# at {place}} other {# there}} by {who}')).toEqual(['n', 'place', 'who'])
  })
})
