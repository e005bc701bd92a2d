/** What spreadsheets do to the texts and numbers that are put into them. */

// OWASP's list, with the full-width forms Asian keyboards type. Blanks in front do not keep Excel from it.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** Whether a spreadsheet could take a text for a formula. Source: OWASP, CSV injection. */
export function startsFormula(text: string): boolean {
  return FORMULA.test(text);
}

const NUMBER_OR_TIME = /^[\s($€£¥+-]*[.,]?\d[\d\s.,:/%e()$€£¥+-]*(?:[ap]m?)?\s*$/i;
const MONTH =
  /^[\d\s/.,-]*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[\d\s/.,:-]*$/i;
const LOGICAL_OR_ERROR = /^\s*(?:true|false|#.*)\s*$/is;
/** Most order keys: a year with what is no month or no day after it. */
const NO_DAY = /^\d{4}\/(?:0*\d+\/0+|0*(?:1[3-9]|[2-9]\d|\d{3,})\/\d+)$/;

/** A number that is shown as it was written. */
const SAME_NUMBER = /^(?:0|[1-9]\d{0,10})$/;

/**
 * Whether a spreadsheet could show something else than a text in a cell that is not formatted as text: the number 7 for `007`, a day for `1-2`
 * and `MAR1`, a truth value. Rather yes than no. What is set through Excel's API it reads as American English.
 */
export function readsAsValue(text: string): boolean {
  if (NO_DAY.test(text) || SAME_NUMBER.test(text)) return false;
  return NUMBER_OR_TIME.test(text) || (/\d/.test(text) && MONTH.test(text)) || LOGICAL_OR_ERROR.test(text);
}

/** Whether a plain decimal has few enough digits for a spreadsheet's numbers, which are doubles: 15 are exact. */
export function isExactNumber(decimal: string): boolean {
  return decimal.replace(/^-?0*\.?|\./g, '').length <= 15;
}
