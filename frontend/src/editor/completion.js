// Offer names while they are typed, with what they are called, mean, and how often they are used.

import Yasgui from "@zazuko/yasgui";
import { Counts } from "./counts.js";
import { prefixOf, prefixesIn, tokensOf } from "./lexer.js";
import { offersAt, readCursor } from "./offers.js";

const CLOSES = /[;.,{}()[\]>"\n]/;

// Gives what offers names on asking.
export function completeFrom(editor, vocabulary, endpoint) {
  const counts = new Counts(endpoint, vocabulary);
  const keys = keysWhileOffered();
  const offer = (isAsked) =>
    editor.showHint({
      hint: () => hintsAt(editor, vocabulary, counts, isAsked, offer),
      completeSingle: false,
      closeCharacters: CLOSES,
      container: editor.rootEl,
      customKeys: keys,
    });
  editor.on("inputRead", (_editor, { text }) => {
    declareUsed(editor, vocabulary);
    // Behind the event, whose cursor activity closes a list of before.
    queueMicrotask(() => {
      if (text.length === 1 && !editor.state.completionActive?.widget) offer(false);
    });
  });
  return () => offer(true);
}

async function hintsAt(editor, vocabulary, counts, isAsked, offer) {
  const document = editor.getDoc();
  const offset = document.indexFromPos(document.getCursor());
  const cursor = readCursor(editor.getValue(), offset);
  const nothing = { list: [], from: document.getCursor(), to: document.getCursor() };
  if (!cursor || !(isAsked || isWanted(cursor))) return nothing;
  const offers = offersAt(cursor, vocabulary, await counts.at(cursor));
  const isWritten = offers.length === 1 && offers[0].text === cursor.typed.text;
  if (isWritten && !isAsked) return nothing;
  const isEmpty = cursor.typed.text === "";
  return {
    list: offers.map((each) => ({
      ...each,
      displayText: each.text,
      hint: (_editor, data) => write(editor, vocabulary, data, each, offer),
      render: (item) => render(item, each),
    })),
    from: document.posFromIndex(cursor.start),
    to: document.posFromIndex(offset),
    isEmpty,
  };
}

// Without being asked, names are offered where something is typed, or where only a value can follow.
function isWanted({ typed, here }) {
  const isValue = here.wants === "object" || here.wants === "value";
  switch (typed.kind) {
    case "nothing":
      return isValue;
    case "words":
      return typed.text.length > 1 && (isValue || here.wants === "predicate");
    case "variable":
      return typed.text.length > 1;
    default:
      return true;
  }
}

function write(editor, vocabulary, { from, to }, { text, isProperty }, offer) {
  editor.operation(() => {
    editor.getDoc().replaceRange(isProperty ? `${text} ` : text, from, to, "complete");
    declareUsed(editor, vocabulary);
  });
  // A property is followed by its values.
  if (isProperty) queueMicrotask(() => offer(false));
}

// Declare the prefixes of ours that the query uses and does not declare.
export function declareUsed(editor, { prefixes }) {
  const tokens = tokensOf(editor.getValue());
  const declared = prefixesIn(tokens);
  const isDeclaration = (at) => tokens[at - 1]?.text.toUpperCase() === "PREFIX";
  const names = tokens.filter(({ kind }, at) => kind === "name" && !isDeclaration(at));
  const used = new Set(names.map(prefixOf));
  const missing = [...used].filter((prefix) => prefix in prefixes && !(prefix in declared));
  if (!missing.length) return;
  const lines = missing.map((prefix) => `PREFIX ${prefix}: <${prefixes[prefix]}>\n`).join("");
  editor.getDoc().replaceRange(lines, { line: 0, ch: 0 });
}

function render(item, { text, term, note, isNone }) {
  const part = (tag, className, content) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = content;
    return element;
  };
  const head = part("span", "offer", "");
  head.append(part("code", "", text));
  if (term?.label) head.append(" ", part("span", "called", term.label));
  if (note) head.append(" ", part("span", "note", note));
  item.append(head);
  item.parentElement.setAttribute("aria-label", "Names that fit");
  if (term?.definition) item.append(part("span", "means", term.definition));
  item.classList.toggle("none", Boolean(isNone));
}

// With nothing typed, Enter and Tab do what they always do, until one of the names was moved to.
function keysWhileOffered() {
  let moved;
  const move = (stepsOf, avoidWrap) => (_editor, handle) => {
    moved = handle.data;
    handle.moveFocus(stepsOf(handle), avoidWrap);
  };
  const pick = (_editor, handle) => {
    if (!handle.data.isEmpty || moved === handle.data) return handle.pick();
    handle.close();
    return Yasgui.Yasqe.Pass;
  };
  return {
    Up: move(() => -1),
    Down: move(() => 1),
    PageUp: move((handle) => 1 - handle.menuSize(), true),
    PageDown: move((handle) => handle.menuSize() - 1, true),
    Enter: pick,
    Tab: pick,
    Esc: (_editor, handle) => handle.close(),
  };
}
