// Drawn by `manage.py draw_sprites`; apart from the atlas, because only lists need these addresses.
const icons = import.meta.glob<string>('$shared/generated/game/icons/*.webp', { eager: true, query: '?url', import: 'default' })

/** The address of an item's picture for lists. */
export function iconOf(item: string): string | undefined {
  return icons[`/shared/generated/game/icons/${item}.webp`]
}
