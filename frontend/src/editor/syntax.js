// Say below the editor what cannot be read, and which names stand nowhere: in words, for those who
// see no mark and use no mouse, too.

import { declareUsed } from "./completion.js";
import { expand, prefixesIn, tokensOf } from "./lexer.js";
import { nameFor } from "./offers.js";

const PAUSE = 400; // ms after the last key
const KINDS = [
  [/^VAR/, "a variable (?x)"],
  [/^(IRI_REF|PNAME_)/, "a name (ag:value)"],
  [/^STRING_LITERAL/, "a text in quotes"],
  [/^(INTEGER|DECIMAL|DOUBLE)/, "a number"],
];
const MARK = /^(?:[{}().;]|WHERE)$/;
const MOST = 5;

export function explainMistakes(actions, editor, vocabulary) {
  const said = document.createElement("div");
  said.className = "syntax";
  said.setAttribute("role", "status");
  // Below the buttons, which must not move away from who presses them.
  actions.after(said);
  let timer;
  let kept = new Map();
  const explain = () => {
    // What is being written is no mistake yet, and the names that are offered stand here.
    if (editor.state.completionActive?.widget) return;
    const mistake = editor.queryValid ? undefined : findMistake(editor, vocabulary);
    const words = mistake ? `Line ${mistake.line + 1} ${mistake.why}` : "";
    const unknown = unknownNames(editor, vocabulary);
    if (said.dataset.said === words + JSON.stringify(unknown)) return;
    said.dataset.said = words + JSON.stringify(unknown);
    // One that stands already stays: it may just be being pressed.
    const remarks = unknown.map((name) => kept.get(String(name)) ?? remark(name, editor, vocabulary));
    kept = new Map(unknown.map((name, at) => [String(name), remarks[at]]));
    said.replaceChildren(...(words ? [paragraph(words)] : []), ...remarks);
    if (!mistake) return;
    // The mark's own bubble is for the mouse only, and styled inline.
    mistake.mark.onmouseover = null;
    mistake.mark.onmouseout = null;
    mistake.mark.title = words;
  };
  for (const event of ["changes", "endCompletion", "blur"]) {
    editor.on(event, () => {
      clearTimeout(timer);
      timer = setTimeout(explain, PAUSE);
    });
  }
  explain();
}

function paragraph(words) {
  const line = document.createElement("p");
  line.textContent = words;
  return line;
}

function findMistake(editor, vocabulary) {
  for (let line = 0; line < editor.getDoc().lineCount(); line += 1) {
    const mark = editor.lineInfo(line).gutterMarkers?.gutterErrorBar;
    if (mark) return { line, mark, why: reason(editor, line, vocabulary) };
  }
  return undefined;
}

function reason(editor, line, vocabulary) {
  const end = { line, ch: editor.getDoc().getLine(line).length };
  const { errorMsg, errorStartPos, possibleCurrent } = editor.getTokenAt(end, true).state;
  const undeclared = errorMsg?.match(/^Prefix '(.*)' is not defined/)?.[1];
  if (undeclared !== undefined) return ofPrefix(undeclared, vocabulary);
  if (errorMsg) return `cannot be read: ${errorMsg}`;
  const there = editor.getTokenAt({ line, ch: (errorStartPos ?? 0) + 1 }).string.trim();
  const expected = inWords(possibleCurrent ?? []);
  const stands = there ? `cannot be read from “${there}” on.` : "cannot be read.";
  return expected ? `${stands} Wanted there: ${expected}.` : stands;
}

function ofPrefix(prefix, { prefixes }) {
  const line = prefixes[prefix] && `PREFIX ${prefix}: <${prefixes[prefix]}>`;
  return line
    ? `uses the prefix ${prefix}:, which is declared when the query is run: ${line}`
    : `cannot be read: the prefix ${prefix}: is not declared, and is none of ours. ` +
        `Begin the query with PREFIX ${prefix}: and its address in < >.`;
}

// What the grammar expects, for people; keywords only where nothing else can stand.
function inWords(expected) {
  if (expected.includes("a")) return "a property (ag:value) or a variable (?x)";
  const words = KINDS.filter(([rule]) => expected.some((terminal) => rule.test(terminal)));
  const others = expected.filter((terminal) => (words.length ? MARK : /^[^_^]+$/).test(terminal));
  const shown = [...words.map(([, word]) => word), ...others].slice(0, MOST);
  return [shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter(Boolean).join(" or ");
}

// The names in namespaces of ours that are in no vocabulary and in no data; not the one that is
// being written.
function unknownNames(editor, vocabulary) {
  const text = editor.getValue();
  const tokens = tokensOf(text);
  const prefixes = { ...vocabulary.prefixes, ...prefixesIn(tokens) };
  const document = editor.getDoc();
  const cursor = editor.hasFocus() ? document.indexFromPos(document.getCursor()) : -1;
  const found = new Map();
  for (const token of tokens.filter(({ kind, text }) => kind === "name" && !text.endsWith(":"))) {
    const iri = expand(token, prefixes);
    const isWritten = cursor >= token.start && cursor <= token.end;
    if (!iri || isWritten || vocabulary.get(iri) || !vocabulary.isOurs(iri)) continue;
    found.set(token.text, vocabulary.nearest(iri)?.iri ?? "");
  }
  return [...found].slice(0, MOST);
}

function remark([written, iri], editor, vocabulary) {
  const line = paragraph(`${written} is not among the names known here.`);
  const name = iri && nameFor(iri, vocabulary.prefixes);
  if (!name) return line;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "secondary slim";
  button.textContent = `Write ${name}`;
  button.title = vocabulary.get(iri).label;
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    replaceName(editor, written, name);
    declareUsed(editor, vocabulary);
    editor.focus();
  });
  line.append(" ", button);
  return line;
}

function replaceName(editor, written, name) {
  const document = editor.getDoc();
  const isMeant = ({ text, kind }) => kind === "name" && text === written;
  const tokens = tokensOf(editor.getValue()).filter(isMeant);
  editor.operation(() => {
    for (const { start, end } of tokens.toReversed()) {
      document.replaceRange(name, document.posFromIndex(start), document.posFromIndex(end));
    }
  });
}
