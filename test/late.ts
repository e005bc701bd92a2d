/**
 * Stands for what a hook makes, so that a `describe` can name it before it is there: every member is looked up in what there is by then.
 *
 * @param made what there is; it throws, or is read, only when a member is asked for
 */
export function late<T extends object>(made: () => T): T {
  return new Proxy({} as T, {
    get(_, name) {
      const present = made();
      const member: unknown = Reflect.get(present, name);
      return typeof member === 'function' ? (member.bind(present) as unknown) : member;
    },
  });
}
