/** Let the browser keep this surface's page and files, so that it opens without a network. */
export function opensOffline(worker: string): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  void navigator.serviceWorker.register(worker).catch(() => undefined)
}
