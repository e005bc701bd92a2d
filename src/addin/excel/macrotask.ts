/** Lets planner and Office breathe: the pane is to answer at once, and Office restarts an add-in that does not yield. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
