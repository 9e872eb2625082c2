// Runs before the first paint: the kept (or the system's) theme and language go onto <html>.
;(function () {
  var root = document.documentElement
  function kept(key) {
    try {
      return localStorage.getItem('campus.' + key)
    } catch {
      return null
    }
  }
  var dark = matchMedia('(prefers-color-scheme: dark)')
  var theme = kept('theme')
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : dark.matches ? 'dark' : 'light'
  if (kept('motion') === 'reduced') root.dataset.motion = 'reduced'
  var wanted = [kept('language')].concat(navigator.languages || [])
  for (var i = 0; i < wanted.length; i++) {
    var tag = String(wanted[i] || '').slice(0, 2)
    if (tag === 'ko' || tag === 'en' || tag === 'zh') {
      root.lang = tag === 'zh' ? 'zh-Hans' : tag
      return
    }
  }
  root.lang = 'ko'
})()
