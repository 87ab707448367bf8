// A query as tokens, whether it is good or not yet: { kind, text, start, end }, comments left out.

const WORD = String.raw`[\p{L}\d_]`;
const LOCAL = String.raw`${WORD}(?:(?:${WORD}|[.%:-])*(?:${WORD}|[%:-]))?`;
const KINDS = {
  space: String.raw`\s+|#[^\n]*`,
  string: String.raw`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`,
  iri: String.raw`<[^\s<>"{}|^\x60\\]*>`,
  variable: String.raw`[?$]${WORD}+`,
  name: String.raw`(?:\p{L}(?:${WORD}|[.-])*)?:(?:${LOCAL})?`,
  number: String.raw`\d*\.?\d+(?:[eE][+-]?\d+)?`,
  word: String.raw`\p{L}(?:${WORD}|-)*`,
  mark: String.raw`\^\^|&&|\|\||[!<>]=|[^]`,
};
const TOKEN = new RegExp(
  Object.entries(KINDS)
    .map(([kind, rule]) => `(?<${kind}>${rule})`)
    .join("|"),
  "gu",
);

export function tokensOf(text) {
  const tokens = [];
  for (const match of text.matchAll(TOKEN)) {
    const [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    if (kind === "space") continue;
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

// Whether a text ends within a comment or a string, where no name is wanted.
export function endsInWords(text) {
  const last = [...text.matchAll(TOKEN)].at(-1);
  if (!last) return false;
  const { space, string } = last.groups;
  if (space) return space.startsWith("#");
  return string !== undefined && !/^("""|'''|["'])[^]*\1$/.test(string.length > 1 ? string : "");
}

// The prefixes that a query declares.
export function prefixesIn(tokens) {
  const declared = {};
  for (const [at, { kind, text }] of tokens.entries()) {
    const [name, iri] = [tokens[at + 1], tokens[at + 2]];
    if (kind !== "word" || text.toUpperCase() !== "PREFIX" || name?.kind !== "name") continue;
    if (iri?.kind === "iri") declared[name.text.slice(0, -1)] = iri.text.slice(1, -1);
  }
  return declared;
}

export function prefixOf({ text }) {
  return text.slice(0, text.indexOf(":"));
}

export function expand(token, prefixes) {
  if (token.kind === "iri") return token.text.slice(1, -1);
  if (token.kind !== "name") return undefined;
  const namespace = prefixes[prefixOf(token)];
  return namespace === undefined ? undefined : namespace + token.text.slice(token.text.indexOf(":") + 1);
}
