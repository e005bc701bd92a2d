/** Opens an address in the user's browser. That there is none to open is no error: the address was printed. */
export async function openBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    // Without a listener a missing browser would end this process.
    browser.on('error', () => undefined);
    browser.unref();
  } catch {
    // Nothing to open it with, e.g. on a server: the printed address is the way.
  }
}
