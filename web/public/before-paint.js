/* Runs before the first paint, as a file of its own so that the page needs no inline script.
   Keys and values are those of src/ui/theme.ts and src/i18n/language.ts. */
(() => {
  var root = document.documentElement;
  try {
    const theme = localStorage.getItem('virgil.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    const language = localStorage.getItem('virgil.language') || (navigator.language || 'en').slice(0, 2);
    root.lang = language === 'de' ? 'de' : 'en';
  } catch (_storageRefused) {
    root.lang = 'en';
  }
  /* Zod would otherwise try `new Function`, which the content security policy refuses and reports. */
  globalThis.__zod_globalConfig = { jitless: true };
})();
