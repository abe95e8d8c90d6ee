// Tells whether a text holds a badge code, as app/tokens.py reads it: a bare code, or a link that ends in /B/CODE.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 9;

export function isCode(typed) {
  let text = typed.normalize("NFKC").trim().toUpperCase();
  const link = text.split("?")[0].match(/\/B\/([^/]+)\/?$/);
  if (link) text = link[1];
  else if (text.includes("/")) return false;
  text = text.replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  if (text.length !== LENGTH || [...text].some((letter) => !ALPHABET.includes(letter))) return false;
  const sum = [...text.slice(0, -1)].reduce((total, letter, at) => total + (at + 1) * ALPHABET.indexOf(letter), 0);
  return ALPHABET[sum % 31] === text.at(-1);
}
