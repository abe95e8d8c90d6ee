// What a scanner or camera read: the code of a material (/M/), of a box (/X/), or a bare code that may be either.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 9;

export function readCode(scanned) {
  let text = scanned.normalize("NFKC").trim().toUpperCase();
  let mark = "";
  if (text.includes("/")) {
    const link = text.split("?")[0].match(/\/([MX])\/([^/]+)\/?$/);
    if (!link) return null;
    [, mark, text] = link;
  }
  text = text.replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  if (text.length !== LENGTH || [...text].some((letter) => !ALPHABET.includes(letter))) return null;
  const sum = [...text.slice(0, -1)].reduce((total, letter, at) => total + (at + 1) * ALPHABET.indexOf(letter), 0);
  return ALPHABET[sum % 31] === text.at(-1) ? { mark, code: text } : null;
}
