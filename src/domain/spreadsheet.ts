/** What spreadsheets do to the texts and numbers that are put into them. */

// OWASP's list, with the full-width forms Asian keyboards type. Blanks in front do not keep Excel from it.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** Whether a spreadsheet could take a text for a formula. Source: OWASP, CSV injection. */
export function startsFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** Whether a plain decimal has few enough digits for a spreadsheet's numbers, which are doubles: 15 are exact. */
export function isExactNumber(decimal: string): boolean {
  return decimal.replace(/^-?0*\.?|\./g, '').length <= 15;
}
