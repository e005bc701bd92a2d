/**
 * On the web office.js listens for keys on the window: Escape takes the focus into the sheet, Tab goes through the page by its own
 * count. An Escape that has closed something here, and Tab in a dialog that keeps the focus, never reach it.
 */
export function keepKeysFromOffice(document: Document): void {
  document.addEventListener('keydown', (event) => {
    const spent = event.key === 'Escape' && event.defaultPrevented;
    const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null;
    if (spent || (event.key === 'Tab' && inDialog)) event.stopPropagation();
  });
}
