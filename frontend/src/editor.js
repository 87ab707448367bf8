// The SPARQL editor: takes the place of the form's textarea, and shows answers below it.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./editor/editor.css";
import { showAnswers } from "./editor/answers.js";
import { completeFrom, declareUsed } from "./editor/completion.js";
import { offerQueries } from "./editor/examples.js";
import { writeFromPanel } from "./editor/panel.js";
import { shareBy } from "./editor/share.js";
import { explainMistakes } from "./editor/syntax.js";
import { Vocabulary } from "./editor/vocabulary.js";

const form = document.querySelector("form[data-vocabulary]");
open(form, await readWords(form.dataset.vocabulary));

async function readWords(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return response.json();
}

function open(form, words) {
  const vocabulary = new Vocabulary(words);
  const textarea = form.querySelector("textarea");
  const frame = document.createElement("div");
  frame.id = "editor";
  textarea.before(frame);
  let offer = () => {};
  const ask = () => {
    declareUsed(editor, vocabulary);
    // What goes wrong is shown as the answer.
    editor.query().catch(() => {});
  };
  const editor = new Yasgui.Yasqe(frame, {
    value: textarea.value,
    requestConfig: {
      endpoint: form.action,
      method: "POST",
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle",
    },
    extraKeys: {
      // Tab leaves the editor, as it leaves any other field; Escape does not.
      Tab: false,
      "Shift-Tab": false,
      Esc: () => {},
      "Ctrl-]": "indentMore",
      "Ctrl-[": "indentLess",
      "Ctrl-Space": () => offer(),
      "Ctrl-Enter": ask,
      "Cmd-Enter": ask,
    },
    screenReaderLabel: "Query",
    persistenceId: "asked" in form.dataset ? null : "allograph_query",
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
  });
  offer = completeFrom(editor, vocabulary, form.action);
  editor.collapsePrefixes(true);
  textarea.remove();
  form.querySelector(".keys").hidden = false;
  const actions = form.querySelector(".actions");
  explainMistakes(actions, editor, vocabulary);
  offerQueries(editor, ask);
  writeFromPanel(editor, vocabulary);
  shareBy(actions, editor, form.action);
  run(form, actions, editor, ask, showAnswers(form, editor, words, vocabulary));
}

function run(form, actions, editor, ask, answers) {
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "secondary";
  cancel.textContent = "Cancel";
  cancel.hidden = true;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  actions.querySelector("button").after(cancel);
  actions.append(said);
  const over = (words) => {
    const hadFocus = document.activeElement === cancel;
    cancel.hidden = true;
    if (hadFocus) actions.querySelector("button").focus();
    said.textContent = words;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  // Closing the connection is what stops the query: the server sees that its client is gone.
  cancel.addEventListener("click", () => editor.abortQuery());
  editor.on("query", () => {
    answers.clear();
    said.textContent = "Running…";
    cancel.hidden = false;
  });
  editor.on("queryAbort", () => over("Cancelled"));
  editor.on("queryResponse", (_editor, response, milliseconds) => {
    if (response.name === "AbortError") return;
    over(response instanceof Error ? "Failed" : "");
    answers.show(response, milliseconds);
  });
}
