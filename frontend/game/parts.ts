/** What of the campus is opened later: sheets and lists, one file of their own. */
export { default as BuildSheet } from './BuildSheet.svelte'
export { default as GridMode } from './GridMode.svelte'
export { default as ItemSheet } from './ItemSheet.svelte'
export { default as LandSheet } from './LandSheet.svelte'
export { default as Owned } from './Owned.svelte'
export { default as PlaceBar } from './PlaceBar.svelte'
export { default as PlaceForm } from './PlaceForm.svelte'
