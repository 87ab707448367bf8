// Answers below the editor: as a table, as they were sent, and triples also as a graph.

import Yasgui from "@zazuko/yasgui";
import { graphView } from "./graph.js";
import { RawView } from "./raw.js";
import { tableView } from "./table.js";
import { Names } from "./terms.js";

export function showAnswers(form, editor, vocabulary) {
  const { Yasr } = Yasgui;
  const names = new Names(vocabulary);
  Yasr.registerPlugin("table", tableView(names));
  Yasr.registerPlugin("graph", graphView(names));
  Yasr.registerPlugin("response", RawView);
  const place = document.createElement("section");
  place.setAttribute("aria-label", "Answer");
  place.hidden = true;
  form.after(place);
  const answers = new Yasr(place, {
    prefixes: () => editor.getPrefixesFromQuery(),
    persistenceId: null,
    defaultPlugin: "table",
    pluginOrder: ["table", "graph", "response"],
    errorRenderers: [problem],
    getDownloadFileName: () => "answer",
  });
  // It leads to a manual elsewhere.
  answers.documentationLink.remove();
  answers.on("draw", () => {
    document.getElementById("answer")?.remove();
    place.hidden = false;
  });
  // Yasr marks its buttons just after it says that it has drawn.
  answers.on("drawn", () => queueMicrotask(() => markSelected(answers)));
  const turtle = document.querySelector("#answer pre[data-turtle]")?.textContent;
  if (turtle) answers.setResponse({ data: turtle, contentType: "text/turtle", status: 200 });
  return answers;
}

function markSelected({ rootEl }) {
  for (const button of rootEl.querySelectorAll(".yasr_btnGroup button")) {
    button.setAttribute("aria-pressed", button.classList.contains("selected"));
    button.disabled = button.classList.contains("disabled");
  }
}

// What the server says of a query that it does not answer is a problem document (RFC 9457).
function problem({ text }) {
  const said = document.createElement("div");
  said.setAttribute("role", "alert");
  const title = document.createElement("strong");
  const detail = document.createElement("p");
  said.append(title, detail);
  try {
    ({ title: title.textContent, detail: detail.textContent } = JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    title.textContent = "No answer";
    detail.textContent = `The answer broke off, or the server cannot be reached: ${text}`;
  }
  return said;
}
