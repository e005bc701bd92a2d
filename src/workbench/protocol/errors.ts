/** A failure that office.js shows to the add-in as `OfficeExtension.Error` with this code. */
export class RichApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatusCode = 400,
  ) {
    super(message);
    this.name = 'RichApiError';
  }
}

export const apiNotFound = (member: string): RichApiError =>
  new RichApiError('ApiNotFound', `The API ${member} is not available in this version of Excel.`);

export const invalidArgument = (what: string): RichApiError =>
  new RichApiError(
    'InvalidArgument',
    `The argument is invalid or missing or has an incorrect format. ${what}`,
  );

export const itemNotFound = (what: string): RichApiError =>
  new RichApiError('ItemNotFound', `The requested resource doesn't exist. ${what}`, 404);

export const itemAlreadyExists = (what: string): RichApiError =>
  new RichApiError(
    'ItemAlreadyExists',
    `A resource with the same name or identifier already exists. ${what}`,
  );

export const invalidOperation = (what: string): RichApiError =>
  new RichApiError('InvalidOperation', `The attempted operation is invalid on the object. ${what}`);

export const generalException = (what: string): RichApiError =>
  new RichApiError(
    'GeneralException',
    `There was an internal error while processing the request. ${what}`,
    500,
  );

/** A member that Excel has and this host does not model. Named, so that the gap is seen and not guessed. */
export const notImplemented = (member: string): RichApiError =>
  new RichApiError('NotImplemented', `The workbench does not model ${member}.`, 501);
