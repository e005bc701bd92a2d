/** Bytes that become one text at once: more arguments than this a call does not take everywhere. */
const PIECE = 32_768;

export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let first = 0; first < bytes.length; first += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(first, first + PIECE));
  }
  return btoa(binary);
}
