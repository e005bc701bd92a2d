/** The order book does not answer: nothing is known of what was under way. It may answer again at any moment. */
export class BookUnreachable extends Error {
  override readonly name = 'BookUnreachable';

  constructor(cause: unknown) {
    super('The connection to the order book is lost', { cause });
  }
}
