/** `npm` passes a Ctrl-C on that its child has received already: two so close together are one. */
const ONE_PRESS_MS = 700;

/**
 * Aborts when the user or the system asks this process to end. Asked again, it ends at once: a database server that is left
 * running is taken over by the next start.
 *
 * @param forced called before the process ends without cleaning up
 */
export function stopSignal(forced: () => void): AbortSignal {
  const stop = new AbortController();
  let askedAt: number | undefined;
  const ask = (): void => {
    const now = performance.now();
    if (askedAt === undefined) {
      askedAt = now;
      stop.abort();
    } else if (now - askedAt > ONE_PRESS_MS) {
      forced();
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  return stop.signal;
}
