// The SPARQL editor: takes the place of the form's textarea, and shows answers below it.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./editor/editor.css";
import { showAnswers } from "./editor/answers.js";
import { completeFrom } from "./editor/completion.js";
import { offerExamples } from "./editor/examples.js";
import { shareBy } from "./editor/share.js";
import { explainSyntax } from "./editor/syntax.js";

const form = document.querySelector("form[data-vocabulary]");
open(form, await readVocabulary(form.dataset.vocabulary));

async function readVocabulary(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return response.json();
}

function open(form, vocabulary) {
  const textarea = form.querySelector("textarea");
  const frame = document.createElement("div");
  frame.id = "editor";
  textarea.before(frame);
  completeFrom(vocabulary);
  const editor = new Yasgui.Yasqe(frame, {
    value: textarea.value,
    requestConfig: {
      endpoint: form.action,
      method: "POST",
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle",
    },
    // Tab leaves the editor, as it leaves any other field.
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-]": "indentMore", "Ctrl-[": "indentLess" },
    screenReaderLabel: "Query",
    persistenceId: "asked" in form.dataset ? null : "allograph_query",
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
  });
  editor.collapsePrefixes(true);
  textarea.remove();
  form.querySelector(".keys").hidden = false;
  const actions = form.querySelector(".actions");
  explainSyntax(frame, editor);
  offerExamples(form, editor);
  shareBy(actions, editor, form.action);
  run(form, actions, editor, showAnswers(form, editor, vocabulary));
}

function run(form, actions, editor, answers) {
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
    // What goes wrong is shown as the answer.
    editor.query().catch(() => {});
  });
  // Closing the connection is what stops the query: the server sees that its client is gone.
  cancel.addEventListener("click", () => editor.abortQuery());
  editor.on("query", () => {
    said.textContent = "Running…";
    cancel.hidden = false;
  });
  editor.on("queryAbort", () => over("Cancelled"));
  editor.on("queryResponse", (_editor, response, milliseconds) => {
    if (response.name === "AbortError") return;
    over(response instanceof Error ? "Failed" : "");
    answers.setResponse(response, milliseconds);
  });
}
