/** More of one text has no room on any paper. */
const MOST_SIGNS = 1000;

/**
 * A text of the ERP as it may stand on a paper. Controls and line ends are spaces; the signs that turn the direction of writing go, for
 * with them a text could show another one than it is; a sign that the fonts lack shows as a white square.
 */
export function printable(text: string): string {
  if (PLAIN.test(text) && text.length <= MOST_SIGNS) return text;
  return text
    .slice(0, MOST_SIGNS)
    .normalize('NFC')
    .replaceAll(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\p{Cs}]/gu, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ')
    .replaceAll(
      /[^ -\u024f\u02c6-\u02dd\u0300-\u036f\u0370-\u04ff\u1e00-\u1eff\u2010-\u2122\u2190-\u21ff\u2212\u2248-\u2265]/gu,
      '□',
    )
    .trim();
}

const PLAIN =
  /^[!-~\u00a1-\u00ac\u00ae-\u017f](?:[ -~\u00a1-\u00ac\u00ae-\u017f]*[!-~\u00a1-\u00ac\u00ae-\u017f])?$|^$/;
